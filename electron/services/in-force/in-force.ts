import { homedir } from 'node:os'
import { setTimeout as pause } from 'node:timers/promises'
import type { ModelDetails } from '../../../shared/contract/models'
import type { Server } from '../../../shared/contract/server'
import type { LogLine } from '../../../shared/contract/server-log'
import type { InForce as Row } from '../../../shared/contract/server-settings'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { runningServer } from '../../../shared/ollama/server-powers'
import type { Redact } from '../../platform/redactor'
import { changeOfAny, type Watched } from '../../platform/watched'
import { environmentOfProcess } from '../../process/environment-of-process'
import type { ServerAddress } from '../../wire/server-address'
import type { ModelContext } from './evidence'
import { inForceRows } from './in-force-rows'

const everyMs = 3000
const settleMs = 300

type Loaded = { name: string; contextLength: number | null }

type Needs = {
  server: { state: Watched<Server>; address: Watched<ServerAddress>; applied: Watched<ServerSettings | null> }
  runners: { of(loaded: readonly Loaded[]): Promise<readonly { command: string }[]> }
  /** What our server said of itself. */
  log: { readonly lines: readonly LogLine[] }
  /** Tell what is loaded, and which of it a runner holds by its command line. */
  models: {
    askHeld(): Promise<readonly Loaded[]>
    modelOf(command: string, names: readonly string[]): Promise<string | null>
    detailsOf(name: string): Promise<Pick<ModelDetails, 'contextLength' | 'parameters'>>
  }
  redact: Redact
}

/** What was asked of the server beside what it really uses. */
export class InForce {
  constructor(private readonly needs: Needs) {}

  /** Read again every few seconds for whoever watches. Empty while no server answers. */
  async *watch(signal: AbortSignal | undefined): AsyncGenerator<Row[], void, void> {
    const { state } = this.needs.server
    while (!signal?.aborted) {
      const seen = state.current
      yield await this.read()
      await changeOfAny([[state, seen]], signal, everyMs)
      // A burst of changes is read once.
      await pause(settleMs, undefined, signal ? { signal } : {}).catch(() => {})
    }
  }

  /** As it is now. Empty while no server answers. */
  async read(): Promise<Row[]> {
    const { server, runners, log, models } = this.needs
    const address = server.address.current
    const applied = server.applied.current
    const { current } = server.state
    if (!address) return []
    const held = await models.askHeld().catch(() => [])
    const loaded = await Promise.all(
      held.map(async ({ name, contextLength }) => ({ name, contextLength, context: await this.#contextOf(name) })),
    )
    const names = loaded.map(({ name }) => name)
    const commands = (await runners.of(loaded))
      .map(({ command }) => command)
      .filter((command) => /--model /.test(command))
    const environment = applied ? null : environmentOfProcess(runningServer(current)?.pid ?? null)
    return inForceRows({
      version: address.version ?? '0.0.0',
      // The log is without secrets, and what stands beside it must be.
      applied: applied && { ...applied, values: this.#redacted(applied.values) },
      log: current.state === 'adopted' ? [] : log.lines,
      runners: await Promise.all(
        commands.map(async (command) => ({ command, model: await models.modelOf(command, names) })),
      ),
      loaded,
      environment: environment && this.#redacted(environment),
      address: { host: current.host, port: current.port },
      home: homedir(),
    })
  }

  async #contextOf(name: string): Promise<ModelContext> {
    const details = await this.needs.models.detailsOf(name).catch(() => null)
    if (!details) return { trained: null, parameter: null }
    const parameter = details.parameters.find((one) => one.name === 'num_ctx')?.value
    return { trained: details.contextLength, parameter: Number(parameter ?? 0) || 0 }
  }

  #redacted(values: Record<string, string>): Record<string, string> {
    return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, this.needs.redact(value)]))
  }
}
