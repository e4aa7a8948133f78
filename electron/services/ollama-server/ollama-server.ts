import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { Failure } from '../../../shared/failure'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { clientUrl } from '../../../shared/ollama/setting-values'
import type { Watched } from '../../platform/watched'
import type { ChildExit } from '../../process/child'
import type { ServerAddress } from '../../wire/server-address'
import { whoAnswers } from './address-facts'
import { Crashes } from './crashes'
import { firstAnswer } from './first-answer'
import type { Log, Output } from './handed-in'
import { Looks } from './looks'
import { OwnedServer } from './owned-server'
import { Ownership, type OwnershipNeeds } from './ownership'
import { type Probe, probe, probeTimeoutMs } from './probe'
import { serverEnvironment } from './server-environment'
import { type Next, nextAfter, sightOfAddress } from './sight'
import { type ToldNeeds, ToldServer } from './told-server'
import { Turns } from './turns'

/** What the user did that ends the server: where it is not Corral that quits, whoever used it is told so. */
export type EndedBy = 'serverRestarted' | 'serverStopped'

type Needs = ToldNeeds &
  OwnershipNeeds & {
    log: Log
    output: Output
    /** A start would prune its partial files. */
    hasUnfinishedPull: () => boolean
    /** Awaited before our server is ended: whoever would lose by it lets go. */
    beforeEnd: (why: EndedBy) => Promise<unknown>
    /** A question of ours was left before its answer came. */
    onLeft: (path: string) => void
  }

/** Ollama's server: started, watched, restarted, adopted, ended; never fought over. */
export class OllamaServer {
  readonly address: Watched<ServerAddress>
  readonly applied: Watched<ServerSettings | null>
  readonly #told: ToldServer
  readonly #output: Output
  readonly #own: Ownership
  readonly #crashes: Crashes
  readonly #turns = new Turns()
  readonly #closing = new AbortController()
  readonly #looks = new Looks({
    look: () => this.#look(),
    isWatched: () => this.state.watcherCount > 0,
    isAnybodyThere: () => this.#own.server !== null || this.address.current !== null,
  })

  constructor(private readonly needs: Needs) {
    this.address = needs.address
    this.applied = needs.applied
    this.#told = new ToldServer(needs)
    this.#output = needs.output
    this.#own = new Ownership(needs)
    this.#crashes = new Crashes({
      told: this.#told,
      log: needs.log,
      logger: needs.logger,
      address: () => this.state.current,
      restart: () => this.#turns.start((cancelled) => this.#start(cancelled)),
    })
  }

  get state() {
    return this.#told.state
  }

  /** Whether a server runs that Corral started, or is about to: the one question when Corral quits. */
  get runsOurs(): boolean {
    return this.#own.server !== null || this.#turns.isStarting
  }

  /** Looks for Ollama, takes up a server that an earlier Corral started, and keeps watching. */
  async open(): Promise<void> {
    await this.needs.programs.look()
    this.#told.showPrograms()
    await this.#takeUpEarlier()
    await this.#looks.now()
    void this.#looks.keepLooking(this.#closing.signal)
    void this.#followSettings()
    void this.#own.followRunners(this.#closing.signal)
  }

  start(): Promise<void> {
    this.#crashes.forget()
    return this.#turns.start((cancelled) => this.#start(cancelled))
  }

  async stop(why: EndedBy = 'serverStopped'): Promise<void> {
    if (!this.runsOurs && this.state.current.state === 'adopted') throw new Failure('serverNotOurs')
    this.#crashes.callOffRestart()
    await this.#turns.stop(() => this.#end(why))
    await this.#looks.now()
  }

  /** A stop that is asked for meanwhile has the last word. */
  async restart(): Promise<void> {
    const stopped = this.stop('serverRestarted')
    const { stopsAsked } = this.#turns
    await stopped
    if (this.#turns.stopsAsked === stopsAsked) await this.start()
  }

  /** Other programs are there to be run, or to be run from now on. */
  async takePrograms(): Promise<void> {
    const { isSimulated } = this.needs.programs.state.current
    if (isSimulated !== this.state.current.isSimulated) {
      this.needs.settings.takeKind(isSimulated)
      this.needs.log.clear()
      // A server of ours that runs is of the same kind, and goes on as it is.
      if (!this.runsOurs) {
        this.#crashes.callOffRestart()
        this.address.set(null)
        this.#told.become({ state: 'looking' }, { isSimulated, exit: null })
      }
    }
    this.#told.showPrograms()
    await this.#looks.now()
  }

  /** Ends the watch; the server itself only where it is not to be left running. */
  async close({ leaveServer }: { leaveServer: boolean }): Promise<void> {
    this.#closing.abort()
    this.#crashes.callOffRestart()
    await this.#turns.close()
    await this.#looks.last
    if (!leaveServer) await this.#end()
    this.#output.close()
  }

  async #start(cancelled: AbortSignal): Promise<void> {
    try {
      await this.#startNow(cancelled)
    } catch (error) {
      // What fails before there is a process has no exit to tell of it.
      if (this.state.current.state !== 'starting' || this.#own.server) throw error
      const told = error instanceof Error ? error : new Error(String(error))
      this.#crashes.tell(await this.#crashes.describe({ code: null, signal: null, error: told }), false)
      throw new Failure('serverDidNotStart', told.message)
    }
  }

  async #startNow(cancelled: AbortSignal): Promise<void> {
    this.#crashes.callOffRestart()
    await this.#looks.last
    if (cancelled.aborted) return
    if (['ready', 'adopted'].includes(this.state.current.state)) return
    const program = this.needs.programs.ollama
    if (!program) throw new Failure('ollamaNotFound')
    const applied = this.needs.settings.saved.current
    this.#told.showStarting(applied)

    const there = await whoAnswers(applied, this.needs.onLeft)
    if (cancelled.aborted) return this.#told.become({ state: 'stopped' })
    if (there.kind === 'ollama') return this.#adopt(there.version)
    if (there.kind !== 'nobody') {
      await this.#told.showForeign()
      throw new Failure('portTaken', String(applied.port))
    }

    const output = this.#output.openForServer()
    this.needs.log.beginServer()
    const { isSimulated } = this.state.current
    const starting = OwnedServer.start(program, {
      applied,
      isSimulated,
      environment: serverEnvironment(applied, this.needs.hasUnfinishedPull()),
      folder: this.#emptyFolder(),
      output,
    })
    output.close()
    this.#output.follow()
    const ours = await starting
    this.#own.take(ours)
    this.#told.showOurs('starting', ours)
    const ended = (ours.exited ?? new Promise<never>(() => {})).then((exit) => this.#onExit(ours, exit))
    await this.#waitUntilReady(ours, cancelled, ended)
  }

  /** Ollama also looks for its parts in folders below the one it is started in: there is nothing in this one. */
  #emptyFolder(): string {
    const folder = join(this.needs.dataFolder, 'server-folder')
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    return folder
  }

  async #waitUntilReady(ours: OwnedServer, cancelled: AbortSignal, ended: Promise<void>): Promise<void> {
    const version = await firstAnswer(ours, cancelled, ended)
    if (cancelled.aborted) return
    if (version !== null) return this.#onReady(ours, version)
    if (ours.hasExited) {
      await ended
      throw new Failure('serverDidNotStart', this.state.current.exit?.lastLines.join('\n'))
    }
    const exit = await this.#crashes.describe({ code: null, signal: null, error: null }, 'not-ready')
    await this.#end()
    this.#told.become({ state: 'crashed', nextRestartAtMs: null, gaveUp: false }, { exit })
    throw new Failure('serverDidNotStart', exit.lastLines.join('\n'))
  }

  #onReady(ours: OwnedServer, version: string) {
    ours.noteAnswer()
    this.#told.showOurs('ready', ours, version)
    this.#told.answersAt(ours.applied, version)
  }

  async #onExit(ours: OwnedServer, exit: ChildExit): Promise<void> {
    if (this.#own.server !== ours) return
    this.#own.letGo(ours)
    this.address.set(null)
    this.#output.readNow()
    await ours.endRunners().catch((error: unknown) => this.needs.logger.warn('runners were not ended', error))
    const told = await this.#crashes.describe(exit)
    const isAsked = this.#turns.isStopping || this.#turns.isCancelled || this.#closing.signal.aborted
    if (isAsked) this.#told.become({ state: 'stopped' })
    else this.#crashes.tell(told, ours.hasAnswered)
    this.#own.forget()
  }

  /** Ends our server and whatever it has started. */
  async #end(why: EndedBy = 'serverStopped'): Promise<void> {
    const ours = this.#own.server
    if (!ours) {
      if (this.state.current.state === 'crashed') this.#told.become({ state: 'stopped' })
      return
    }
    const { logger, runners, beforeEnd } = this.needs
    this.#told.showOurs('stopping', ours)
    await beforeEnd(why).catch((error: unknown) => logger.warn('not all let go of the server before its end', error))
    ours.runners = [...ours.runners, ...(await runners.look())]
    await ours.end()
    this.#own.letGo(ours)
    this.address.set(null)
    this.#output.readNow()
    this.#told.become({ state: 'stopped' })
    this.#own.forget()
  }

  async #takeUpEarlier() {
    const earlier = await this.#own.takeUpEarlier(this.needs.programs.state.current.isSimulated)
    if (!earlier) return
    this.#output.follow()
    this.#told.change({ host: earlier.applied.host, port: earlier.applied.port })
    this.needs.log.add('corral', ['an earlier Corral started this server; it is taken up again'])
  }

  /** Sees whether all is as it was told. */
  async #look() {
    if (this.#turns.isUnderWay) return
    await this.#lookNow().catch((error: unknown) => this.needs.logger.error('looking at the server failed', error))
  }

  async #lookNow() {
    const ours = this.#own.server
    const { onLeft } = this.needs
    const answer = ours
      ? await probe(clientUrl(ours.applied), probeTimeoutMs, onLeft)
      : await whoAnswers(this.needs.settings.saved.current, onLeft)
    const sight = ours ? await ours.sightOf(answer) : sightOfAddress(answer.kind)
    if (this.#turns.isUnderWay || this.#own.server !== ours) return
    await this.#follow(nextAfter(this.#told.standing, sight), answer)
  }

  async #follow(next: Next, answer: Probe): Promise<void> {
    const ours = this.#own.server
    const version = answer.kind === 'ollama' ? answer.version : ''
    if (next === 'ready' && ours) {
      this.#onReady(ours, version)
      // Not awaited: the next look must not wait for an answer that never comes.
      void this.#own.noteRunners()
    }
    if (next === 'hung' && ours) this.#told.showOurs('hung', ours)
    if (next === 'ended' && ours) await this.#onExit(ours, { code: null, signal: null, error: null })
    if (next === 'adopted') await this.#adopt(version)
    if (next === 'foreign' || next === 'idle') this.address.set(null)
    if (next === 'foreign') await this.#told.showForeign()
    if (next === 'idle') this.#told.showIdle()
  }

  async #adopt(version: string) {
    await this.#told.showAdopted(version)
    this.#told.answersAt(this.needs.settings.saved.current, version)
  }

  async #followSettings() {
    for await (const saved of this.needs.settings.saved.watch(this.#closing.signal, 0)) {
      if (this.#own.server) this.#told.showWhetherRestartIsDue(this.#own.server)
      else this.#told.change({ host: saved.host, port: saved.port })
      void this.#looks.now()
    }
  }
}
