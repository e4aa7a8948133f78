import { setTimeout as pause } from 'node:timers/promises'
import { isDeepStrictEqual } from 'node:util'
import type { Server, ServerExit } from '../../../shared/contract/server'
import { Failure } from '../../../shared/failure'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { serverPowers } from '../../../shared/ollama/server-powers'
import { clientUrl, environmentOf } from '../../../shared/ollama/setting-values'
import type { Logger } from '../../platform/logger'
import type { Redactor } from '../../platform/redactor'
import { Watched } from '../../platform/watched'
import { Child, type ChildExit } from '../../process/child'
import { isLoaderVariable } from '../../process/environment'
import { findProcess, listDescendants } from '../../process/process-list'
import { endProcess, isStill, type KnownProcess, leftBehind } from '../../process/process-tree'
import type { ServerAddress } from '../../wire/server-address'
import type { Programs } from '../programs/programs'
import type { ServerLog } from '../server-log/server-log'
import { ServerOutput } from '../server-log/server-output'
import { CrashPolicy } from './crash-policy'
import { exitReason } from './exit-reason'
import { findOccupant } from './occupant'
import { findFreePort, probe } from './probe'
import { ServerRecord, type StartedServer } from './server-record'
import type { SavedServerSettings } from './server-settings'

const readyWithinMs = 120_000
const askEveryMs = 100
const lookEveryMs = 1500
/** A look at all processes is most of what an idle Corral does; what was missed is found by its group. */
const noteEveryMs = 6000
const probeTimeoutMs = 2500
const silencesUntilHung = 2
const graceMs = 8000

const nobody = { version: null, pid: null, owner: null, startedAtMs: null, restartDue: false } as const

/** A server that Corral started: this one, or one before it. */
type Ours = {
  process: KnownProcess
  child: Child | null
  startedAtMs: number
  applied: ServerSettings
  runners: Map<number, string>
  wasReady: boolean
  silences: number
}

type Needs = {
  dataFolder: string
  logsFolder: string
  programs: Programs
  settings: SavedServerSettings
  log: ServerLog
  logger: Logger
  redactor: Redactor
  /** Where the server answers, for whoever asks it something: this class keeps it up to date. */
  address: Watched<ServerAddress>
  /** What the running server was started with; null when Corral did not start it. Kept up to date as well. */
  applied: Watched<ServerSettings | null>
  /** Told whose runners to look for. */
  runners: { follow(serverPid: number | null): void }
  /** A start would prune its partial files. */
  hasUnfinishedPull: () => boolean
  /** Awaited before our server is ended: whoever would lose by it lets go. */
  beforeEnd: () => Promise<void>
}

/** Ollama's server: started, watched, restarted, adopted, ended; never fought over. */
export class OllamaServer {
  readonly state: Watched<Server>
  readonly address: Watched<ServerAddress>
  readonly applied: Watched<ServerSettings | null>
  readonly #needs: Needs
  readonly #output: ServerOutput
  readonly #record: ServerRecord
  readonly #crashes = new CrashPolicy()
  readonly #closing = new AbortController()
  #ours: Ours | null = null
  #starting: Promise<void> | null = null
  #stopping: Promise<void> | null = null
  #cancelStart: AbortController | null = null
  /** How often a stop was asked for: a restart that finds another number starts nothing. */
  #stopsAsked = 0
  #restartTimer: NodeJS.Timeout | null = null
  #looking: Promise<void> = Promise.resolve()
  #notedAtMs = 0

  constructor(needs: Needs) {
    this.#needs = needs
    this.address = needs.address
    this.applied = needs.applied
    this.#output = new ServerOutput(needs.logsFolder, needs.log, needs.redactor)
    this.#record = new ServerRecord(needs.dataFolder, needs.logger)
    const { host, port } = needs.settings.saved.current
    this.state = new Watched<Server>({
      state: 'looking',
      program: null,
      programs: [],
      host,
      port,
      version: null,
      pid: null,
      owner: null,
      startedAtMs: null,
      exit: null,
      nextRestartAtMs: null,
      crashCount: 0,
      gaveUp: false,
      freePort: null,
      occupant: null,
      restartDue: false,
      isSimulated: needs.programs.state.current.isSimulated,
    })
  }

  /** Whether a server runs that Corral started, or is about to: the one question when Corral quits. */
  get runsOurs(): boolean {
    return this.#ours !== null || this.#starting !== null
  }

  /** Looks for Ollama, takes up a server that an earlier Corral started, and keeps watching. */
  async open(): Promise<void> {
    await this.#needs.programs.look()
    this.#showPrograms()
    await this.#takeUpEarlier()
    await this.#look()
    void this.#keepLooking()
    void this.#followSettings()
  }

  start(): Promise<void> {
    this.#crashes.forget()
    // A restart after a crash keeps telling of the crash; one that the user asked for begins anew.
    this.#set({ exit: null, crashCount: 0 })
    return this.#startOnce()
  }

  async stop(): Promise<void> {
    if (!this.#ours && !this.#starting && this.state.current.state === 'adopted') throw new Failure('serverNotOurs')
    this.#stopsAsked++
    this.#forgetRestart()
    this.#cancelStart?.abort()
    this.#stopping ??= this.#endWithStart(this.#starting).finally(() => {
      this.#stopping = null
    })
    await this.#stopping
    await this.#look()
  }

  /** A stop that is asked for meanwhile has the last word. */
  async restart(): Promise<void> {
    const stopped = this.stop()
    const stopsAsked = this.#stopsAsked
    await stopped
    if (this.#stopsAsked === stopsAsked) await this.start()
  }

  async lookAgain(): Promise<void> {
    await this.#needs.programs.look()
    this.#showPrograms()
    await this.#look()
  }

  async pointAt(file: string): Promise<void> {
    const { programs } = this.#needs
    await programs.pointAt(file, async () => {
      if (programs.state.current.isSimulated && this.runsOurs) await this.stop()
    })
    await this.#changeKind()
  }

  /** Puts the simulator in Ollama's place, or takes it away; the server that runs is ended first. */
  async useSimulator(isOn: boolean): Promise<void> {
    if (this.runsOurs) await this.stop()
    await this.#needs.programs.useSimulator(isOn)
    await this.#changeKind()
  }

  /** Ends the watch; the server itself only where it is not to be left running. */
  async close({ leaveServer }: { leaveServer: boolean }): Promise<void> {
    this.#closing.abort()
    this.#forgetRestart()
    this.#cancelStart?.abort()
    await this.#starting?.catch(() => {})
    await this.#looking
    if (!leaveServer) await this.#end()
    this.#output.close()
  }

  #startOnce(): Promise<void> {
    if (this.#starting && !this.#cancelStart?.signal.aborted) return this.#starting
    const cancel = new AbortController()
    this.#cancelStart = cancel
    const starting = this.#start(cancel.signal, [this.#starting, this.#stopping]).finally(() => {
      if (this.#starting === starting) this.#starting = null
    })
    this.#starting = starting
    return starting
  }

  async #start(cancelled: AbortSignal, before: readonly (Promise<void> | null)[]): Promise<void> {
    try {
      await this.#startAfter(before, cancelled)
    } catch (error) {
      // What fails before there is a process has no exit to tell of it.
      if (this.state.current.state !== 'starting' || this.#ours) throw error
      const told = error instanceof Error ? error : new Error(String(error))
      this.#showCrash({ code: null, signal: null, error: told }, false)
      throw new Failure('serverDidNotStart', told.message)
    }
  }

  /** Begins when the start and the stop before it are over. */
  async #startAfter(before: readonly (Promise<void> | null)[], cancelled: AbortSignal): Promise<void> {
    await Promise.allSettled(before)
    if (cancelled.aborted) return
    this.#forgetRestart()
    await this.#looking
    if (cancelled.aborted) return
    if (serverPowers(this.state.current).answers) return
    const { programs, settings } = this.#needs
    const program = programs.ollama
    if (!program) throw new Failure('ollamaNotFound')
    const applied = settings.saved.current
    this.#set({
      state: 'starting',
      host: applied.host,
      port: applied.port,
      gaveUp: false,
      occupant: null,
      freePort: null,
    })

    const there = await probe(clientUrl(applied), probeTimeoutMs)
    if (cancelled.aborted) return this.#set({ state: 'stopped' })
    if (there.kind === 'ollama') return this.#adopt(there.version)
    if (there.kind !== 'nobody') {
      await this.#showForeign()
      throw new Failure('portTaken', String(applied.port))
    }

    const output = this.#output.openForServer()
    this.#needs.log.beginServer()
    const child = Child.start(program, ['serve'], {
      environment: this.#environment(applied),
      stdio: ['ignore', output.stdout, output.stderr],
      mayOutliveUs: true,
    })
    output.close()
    this.#output.follow()
    await child.started()
    const mark = child.pid === null ? '' : ((await findProcess(child.pid))?.mark ?? '')
    const ours: Ours = {
      process: { pid: child.pid ?? -1, mark },
      child,
      startedAtMs: Date.now(),
      applied,
      runners: new Map(),
      wasReady: false,
      silences: 0,
    }
    this.#own(ours)
    this.#remember()
    this.#set({ pid: child.pid, owner: 'corral', startedAtMs: ours.startedAtMs, restartDue: false })
    const ended = child.exited.then((exit) => this.#onExit(ours, exit))
    await this.#waitUntilReady(ours, cancelled, ended)
  }

  #environment(applied: ServerSettings): Record<string, string> {
    // The file of settings may have been edited by hand, past the check at saving.
    const allowed = environmentOf(applied).filter(({ name }) => !isLoaderVariable(name))
    const given = Object.fromEntries(allowed.map(({ name, value }) => [name, value]))
    // A start deletes the partial files of pulls, unless it is told not to (ollama.md, 3).
    return this.#needs.hasUnfinishedPull() ? { OLLAMA_NOPRUNE: '1', ...given } : given
  }

  async #waitUntilReady(ours: Ours, cancelled: AbortSignal, ended: Promise<void>): Promise<void> {
    // A clock that is set back must not hold this up.
    const untilMs = performance.now() + readyWithinMs
    while (performance.now() < untilMs) {
      if (cancelled.aborted) return
      if (ours.child?.hasExited) {
        await ended
        throw new Failure('serverDidNotStart', this.state.current.exit?.lastLines.join('\n'))
      }
      const answer = await probe(clientUrl(ours.applied), probeTimeoutMs)
      if (answer.kind === 'ollama' && !ours.child?.hasExited) return this.#onReady(ours, answer.version)
      await Promise.race([pause(askEveryMs, undefined, { signal: cancelled }).catch(() => {}), ended])
    }
    const lastLines = this.#needs.log.lastLines(20)
    await this.#end()
    const exit: ServerExit = { code: null, signal: null, atMs: Date.now(), lastLines, reason: 'not-ready' }
    this.#set({ state: 'crashed', exit })
    throw new Failure('serverDidNotStart', lastLines.join('\n'))
  }

  #onReady(ours: Ours, version: string) {
    ours.wasReady = true
    ours.silences = 0
    this.#set({ state: 'ready', version, owner: ours.child ? 'corral' : 'earlier-corral', nextRestartAtMs: null })
    this.#answersAt(ours.applied, version)
  }

  async #onExit(ours: Ours, exit: ChildExit): Promise<void> {
    if (this.#ours !== ours) return
    this.#own(null)
    this.address.set(null)
    this.#output.readNow()
    await this.#endRunners(ours).catch((error: unknown) => this.#needs.logger.warn('runners were not ended', error))
    const isAsked = this.#stopping !== null || this.#closing.signal.aborted || this.#cancelStart?.signal.aborted
    if (isAsked) this.#set({ ...nobody, state: 'stopped' })
    else this.#showCrash(exit, ours.wasReady)
    if (!this.#ours) this.#write(null)
  }

  /** Tells of an end that nobody asked for, and brings the server back where that has a chance. */
  #showCrash(exit: ChildExit, wasReady: boolean) {
    const lastLines = exit.error ? [exit.error.message] : this.#needs.log.lastLines(20)
    const { code, signal, error } = exit
    const reason = exitReason({ code, signal, error, lastLines })
    const told: ServerExit = { code, signal, atMs: Date.now(), lastLines, reason }
    this.#needs.log.add('corral', [`the server ended: code ${code}, signal ${signal}, ${reason}`])
    if (wasReady && reason === 'stopped-by-other') return this.#set({ ...nobody, state: 'stopped', exit: told })
    // What fails at the first try would fail at the next: only a server that ran, or one we are bringing back, is restarted.
    const delayMs = wasReady || this.#crashes.count > 0 ? this.#crashes.delayAfterCrashMs(Date.now()) : undefined
    this.#set({
      ...nobody,
      state: 'crashed',
      exit: told,
      crashCount: this.#crashes.count,
      gaveUp: delayMs === null,
      nextRestartAtMs: delayMs == null ? null : Date.now() + delayMs,
    })
    if (delayMs != null) {
      this.#restartTimer = setTimeout(() => {
        this.#startOnce().catch((error: unknown) => this.#needs.logger.warn('a restart after a crash failed', error))
      }, delayMs)
    }
  }

  /** Ends our server, and the one that a start brings forth which was past its last look at the cancellation. */
  async #endWithStart(starting: Promise<void> | null): Promise<void> {
    await this.#end()
    await starting?.catch(() => {})
    if (this.#ours) await this.#end()
  }

  /** Ends our server and whatever it has started. */
  async #end(): Promise<void> {
    const ours = this.#ours
    if (!ours) {
      if (this.state.current.state === 'crashed') this.#set({ state: 'stopped', nextRestartAtMs: null })
      return
    }
    this.#set({ state: 'stopping' })
    await this.#needs
      .beforeEnd()
      .catch((error: unknown) => this.#needs.logger.warn('not all let go of the server before its end', error))
    await this.#noteRunners(ours)
    await endProcess(ours.process, graceMs)
    await this.#endRunners(ours)
    if (ours.child) await ours.child.exited
    if (this.#ours === ours) this.#own(null)
    this.address.set(null)
    this.#output.readNow()
    this.#set({ ...nobody, state: 'stopped' })
    this.#write(null)
  }

  /** A server that was killed leaves its runners behind, and they hold the graphics memory. */
  async #endRunners(ours: Ours) {
    // One that was started since the last look is not among those noted.
    for (const { pid, mark } of await leftBehind(ours.process.pid)) ours.runners.set(pid, mark)
    await Promise.all([...ours.runners].map(([pid, mark]) => endProcess({ pid, mark }, 1000)))
  }

  async #noteRunners(ours: Ours) {
    this.#notedAtMs = performance.now()
    const before = ours.runners.size
    for (const { pid, mark } of await listDescendants(ours.process.pid)) ours.runners.set(pid, mark)
    for (const [pid, mark] of ours.runners) if (!(await isStill({ pid, mark }))) ours.runners.delete(pid)
    if (ours.runners.size !== before) this.#remember()
  }

  async #takeUpEarlier() {
    const started = this.#record.started
    if (!started || started.isSimulated !== this.#needs.programs.state.current.isSimulated) return
    const ours: Ours = {
      process: started.process,
      child: null,
      startedAtMs: started.startedAtMs,
      applied: started.applied,
      runners: new Map(started.runners.map(({ pid, mark }) => [pid, mark])),
      wasReady: true,
      silences: 0,
    }
    if (!(await isStill(started.process))) {
      await this.#endRunners(ours)
      this.#write(null)
      return
    }
    this.#own(ours)
    this.#output.follow()
    const { host, port } = started.applied
    this.#set({ pid: started.process.pid, owner: 'earlier-corral', startedAtMs: started.startedAtMs, host, port })
    this.#needs.log.add('corral', ['an earlier Corral started this server; it is taken up again'])
  }

  async #keepLooking() {
    const { signal } = this.#closing
    while (!signal.aborted) {
      await pause(lookEveryMs, undefined, { signal }).catch(() => {})
      // Nobody runs and nobody watches: then nothing needs to be known.
      if (!signal.aborted && (this.#ours || this.state.watcherCount > 0 || this.address.current)) await this.#look()
    }
  }

  #look(): Promise<void> {
    this.#looking = this.#looking
      .then(() => (this.#starting || this.#stopping ? undefined : this.#lookNow()))
      .catch((error: unknown) => this.#needs.logger.error('looking at the server failed', error))
    return this.#looking
  }

  async #lookNow() {
    const ours = this.#ours
    const chosen = ours?.applied ?? this.#needs.settings.saved.current
    const answer = await probe(clientUrl(chosen), probeTimeoutMs)
    if (this.#starting || this.#stopping || this.#ours !== ours) return
    if (ours) {
      if (!ours.child && !(await isStill(ours.process)))
        return this.#onExit(ours, { code: null, signal: null, error: null })
      if (answer.kind === 'ollama') this.#onReady(ours, answer.version)
      else if (++ours.silences >= silencesUntilHung) this.#set({ state: 'hung' })
      if (performance.now() - this.#notedAtMs > noteEveryMs) await this.#noteRunners(ours)
      return
    }
    if (this.state.current.nextRestartAtMs !== null) return
    if (answer.kind === 'ollama') return this.#adopt(answer.version)
    this.address.set(null)
    if (answer.kind !== 'nobody') return this.#showForeign()
    const { state } = this.state.current
    if (state === 'crashed') return
    const idle = this.#needs.programs.ollama
      ? 'stopped'
      : this.#needs.programs.state.current.isLooking
        ? 'looking'
        : 'missing'
    this.#set({ state: idle, version: null, pid: null, owner: null, startedAtMs: null, occupant: null, freePort: null })
  }

  async #adopt(version: string) {
    const { settings } = this.#needs
    const { host, port } = settings.saved.current
    const isKnown = this.state.current.state === 'adopted' && this.state.current.version === version
    if (!isKnown) {
      const occupant = await findOccupant(port)
      this.#set({
        state: 'adopted',
        version,
        pid: occupant.pid,
        owner: occupant.owner,
        host,
        port,
        startedAtMs: null,
        exit: null,
        restartDue: false,
      })
    }
    this.#answersAt({ host, port }, version)
  }

  async #showForeign() {
    const { host, port } = this.#needs.settings.saved.current
    if (this.state.current.state === 'foreign' && this.state.current.port === port) return
    const [occupant, freePort] = await Promise.all([findOccupant(port), findFreePort(host, port)])
    this.#set({
      state: 'foreign',
      host,
      port,
      freePort,
      occupant: { pid: occupant.pid, name: occupant.name },
      owner: null,
      pid: null,
      version: null,
    })
  }

  /** Another Ollama is to be run from now on. */
  async #changeKind() {
    const { programs, settings, log } = this.#needs
    const { isSimulated } = programs.state.current
    if (isSimulated !== this.state.current.isSimulated) {
      settings.takeKind(isSimulated)
      log.clear()
    }
    // A server of ours that runs is of the same kind, and goes on as it is.
    if (!this.runsOurs) {
      this.#forgetRestart()
      this.address.set(null)
      this.#set({ ...nobody, state: 'looking', isSimulated, exit: null, gaveUp: false })
    }
    this.#showPrograms()
    await this.#look()
  }

  async #followSettings() {
    const { settings } = this.#needs
    for await (const saved of settings.saved.watch(this.#closing.signal, 0)) {
      if (this.#ours) this.#set({ restartDue: !isDeepStrictEqual(this.#ours.applied, saved) })
      else this.#set({ host: saved.host, port: saved.port })
      void this.#look()
    }
  }

  #showPrograms() {
    const { ollama, isSimulated } = this.#needs.programs.state.current
    this.#set({ programs: ollama, program: ollama[0] ?? null, isSimulated })
  }

  #answersAt(listening: { host: string; port: number }, version: string) {
    const baseUrl = clientUrl(listening)
    const { isSimulated } = this.#needs.programs.state.current
    const now = this.address.current
    if (now?.baseUrl === baseUrl && now.version === version && now.isSimulated === isSimulated) return
    this.address.set({ baseUrl, version, isSimulated })
  }

  #remember() {
    if (!this.#ours) return
    const { process, startedAtMs, applied, runners } = this.#ours
    this.#write({
      process,
      startedAtMs,
      applied,
      isSimulated: this.#needs.programs.state.current.isSimulated,
      runners: [...runners].map(([pid, mark]) => ({ pid, mark })),
    })
  }

  /** The record serves the next Corral; this one goes on without it, as on a full disk. */
  #write(started: StartedServer | null) {
    try {
      this.#record.write(started)
    } catch (error) {
      this.#needs.logger.warn('the server that was started could not be noted', error)
    }
  }

  #own(ours: Ours | null) {
    this.#ours = ours
    this.applied.set(ours?.applied ?? null)
  }

  #forgetRestart() {
    if (this.#restartTimer) clearTimeout(this.#restartTimer)
    this.#restartTimer = null
    if (this.state.current.nextRestartAtMs !== null) this.#set({ nextRestartAtMs: null })
  }

  #set(change: Partial<Server>) {
    const next = { ...this.state.current, ...change }
    this.#needs.runners.follow(next.pid)
    if (!isDeepStrictEqual(next, this.state.current)) this.state.set(next)
  }
}
