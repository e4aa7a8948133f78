import { setTimeout as pause } from 'node:timers/promises'
import type { InForce } from '../../../shared/contract/server-settings'
import { environmentOfProcess } from '../../process/environment-of-process'
import { askJson } from '../../wire/request'
import type { OllamaServer } from '../ollama-server/ollama-server'
import type { ServerLog } from '../server-log/server-log'
import { inForceRows } from './in-force'

const everyMs = 3000

type Ps = { models?: { name?: string; context_length?: number }[] }

type Models = { modelOf(command: string, names: readonly string[]): Promise<string | null> }

/** Asked beside in force, read again every few seconds for whoever watches. Empty while no server answers. */
export async function* watchInForce(
  server: OllamaServer,
  log: ServerLog,
  models: Models,
  signal: AbortSignal | undefined,
): AsyncGenerator<InForce[], void, void> {
  while (!signal?.aborted) {
    const state = server.state.current
    yield await readInForce(server, log, models)
    const stop = new AbortController()
    const ends = AbortSignal.any([stop.signal, ...(signal ? [signal] : [])])
    await Promise.race([
      pause(everyMs, undefined, { signal: ends }).catch(() => {}),
      server.state.changeFrom(state, ends),
    ])
    stop.abort()
    // A burst of changes is read once.
    await pause(300, undefined, signal ? { signal } : {}).catch(() => {})
  }
}

/** Asked beside in force, as it is now. Empty while no server answers. */
export async function readInForce(server: OllamaServer, log: ServerLog, models: Models): Promise<InForce[]> {
  const address = server.address.current
  const { state, host, port, pid } = server.state.current
  if (!address) return []
  const ps = (await askJson({ baseUrl: address.baseUrl, path: '/api/ps', signal: AbortSignal.timeout(3000) }).catch(
    () => null,
  )) as Ps | null
  const loaded = (ps?.models ?? []).map(({ name, context_length }) => ({
    name: name ?? '',
    contextLength: context_length ?? null,
  }))
  const names = loaded.map(({ name }) => name)
  const commands = (await server.runners()).map(({ command }) => command).filter((command) => /--model /.test(command))
  const runners = await Promise.all(
    commands.map(async (command) => ({ command, model: await models.modelOf(command, names) })),
  )
  return inForceRows({
    version: address.version ?? '0.0.0',
    applied: server.applied,
    log: state === 'adopted' ? [] : log.lines,
    runners,
    loaded,
    environment: server.applied ? null : environmentOfProcess(pid),
    address: { host, port },
  })
}
