import { isDeepStrictEqual } from 'node:util'
import type { Server } from '../../../shared/contract/server'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { runningServer } from '../../../shared/ollama/server-powers'
import { clientUrl } from '../../../shared/ollama/setting-values'
import { Watched } from '../../platform/watched'
import type { ServerAddress } from '../../wire/server-address'
import { findFreePort } from './address-facts'
import type { FoundPrograms } from './handed-in'
import { findOccupant } from './occupant'
import type { OwnedServer } from './owned-server'
import type { Runners } from './runners'
import type { SavedServerSettings } from './server-settings'
import type { Standing } from './sight'

type Always = Pick<Server, 'program' | 'programs' | 'host' | 'port' | 'exit' | 'crashCount' | 'isSimulated'>
type WithoutAlways<State> = State extends Server ? Omit<State, keyof Always> : never
/** What a state tells beside what is told in every state. */
type Now = WithoutAlways<Server>

export type ToldNeeds = {
  programs: FoundPrograms
  settings: SavedServerSettings
  /** Told whose runners to look for. */
  runners: Pick<Runners, 'follow'>
  /** Where the server answers, for whoever asks it something: kept up to date here. */
  address: Watched<ServerAddress>
}

/** What is told of the server, a state at a time: each brings what belongs to it, and nothing stays of the one before. */
export class ToldServer {
  readonly state: Watched<Server>
  readonly #needs: ToldNeeds

  constructor(needs: ToldNeeds) {
    this.#needs = needs
    const { host, port } = needs.settings.saved.current
    const { isSimulated } = needs.programs.state.current
    const always: Always = { program: null, programs: [], host, port, exit: null, crashCount: 0, isSimulated }
    this.state = new Watched<Server>({ state: 'looking', ...always })
  }

  get standing(): Standing {
    const { current } = this.state
    return current.state === 'crashed' && current.nextRestartAtMs !== null ? 'crashed-restart-due' : current.state
  }

  become(now: Now, change: Partial<Always> = {}): void {
    const { program, programs, host, port, exit, crashCount, isSimulated } = this.state.current
    this.#tell({ program, programs, host, port, exit, crashCount, isSimulated, ...change, ...now })
  }

  /** Changes what is told in every state, and keeps the state. */
  change(change: Partial<Always>): void {
    this.#tell({ ...this.state.current, ...change })
  }

  showPrograms(): void {
    const { ollama, isSimulated } = this.#needs.programs.state.current
    this.change({ programs: ollama, program: ollama[0] ?? null, isSimulated })
  }

  showStarting({ host, port }: ServerSettings): void {
    const programFile = this.state.current.program?.file ?? null
    const nothing = { version: null, pid: null, programFile, startedAtMs: null, restartDue: false }
    this.become({ state: 'starting', owner: 'corral', ...nothing }, { host, port })
  }

  /** A server of ours; the version stays what it was where it does not tell it now. */
  showOurs(state: 'starting' | 'ready' | 'hung' | 'stopping', ours: OwnedServer, version?: string): void {
    const { pid, owner, startedAtMs, applied } = ours
    const programFile = runningServer(this.state.current)?.programFile ?? this.state.current.program?.file ?? null
    const known = version ?? runningServer(this.state.current)?.version ?? null
    const { host, port } = applied
    this.become(
      { state, version: known, pid, owner, programFile, startedAtMs, restartDue: this.#isRestartDue(ours) },
      { host, port },
    )
  }

  showWhetherRestartIsDue(ours: OwnedServer): void {
    const running = runningServer(this.state.current)
    if (running) this.#tell({ ...running, restartDue: this.#isRestartDue(ours) })
  }

  /** Somebody else's Ollama; whose it is, is looked for once. */
  async showAdopted(version: string): Promise<void> {
    const { current } = this.state
    if (current.state === 'adopted' && current.version === version) return
    const { host, port } = this.#needs.settings.saved.current
    const { pid, owner, file: programFile } = await findOccupant(port)
    const running = { version, pid, owner, programFile, startedAtMs: null, restartDue: false }
    this.become({ state: 'adopted', ...running }, { host, port, exit: null })
  }

  /** Another program on the port: who it is, and a port beside it. */
  async showForeign(): Promise<void> {
    const { host, port } = this.#needs.settings.saved.current
    const { current } = this.state
    if (current.state === 'foreign' && current.port === port) return
    const [{ pid, name }, freePort] = await Promise.all([findOccupant(port), findFreePort(host, port)])
    this.become({ state: 'foreign', freePort, occupant: { pid, name } }, { host, port })
  }

  /** Nobody is there. */
  showIdle(): void {
    const { programs } = this.#needs
    const isLooking = programs.state.current.isLooking
    this.become({ state: programs.ollama ? 'stopped' : isLooking ? 'looking' : 'missing' })
  }

  forgetRestart(): void {
    const { current } = this.state
    if (current.state === 'crashed') this.#tell({ ...current, nextRestartAtMs: null })
  }

  answersAt(listening: { host: string; port: number }, version: string): void {
    const { address } = this.#needs
    const { isSimulated } = this.state.current
    const next = { baseUrl: clientUrl(listening), version, isSimulated }
    if (!isDeepStrictEqual(next, address.current)) address.set(next)
  }

  #isRestartDue({ applied }: OwnedServer): boolean {
    return !isDeepStrictEqual(applied, this.#needs.settings.saved.current)
  }

  #tell(next: Server) {
    this.#needs.runners.follow(runningServer(next)?.pid ?? null)
    if (!isDeepStrictEqual(next, this.state.current)) this.state.set(next)
  }
}
