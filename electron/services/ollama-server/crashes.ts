import type { ServerExit } from '../../../shared/contract/server'
import type { Logger } from '../../platform/logger'
import type { ChildExit } from '../../process/child'
import { describeExit } from './exit-reason'
import type { Log } from './handed-in'
import { Restarts } from './restarts'
import type { ToldServer } from './told-server'

type Needs = {
  told: ToldServer
  log: Log
  logger: Logger
  /** Where the server that ended was to listen. */
  address: () => { host: string; port: number }
  restart: () => Promise<void>
}

/** The ends that nobody asked for: told, and answered by a restart where that has a chance. */
export class Crashes {
  readonly #restarts = new Restarts()

  constructor(private readonly needs: Needs) {}

  /** The next start is one that the user asked for: a restart after a crash keeps telling of the crash. */
  forget(): void {
    this.#restarts.forgetCrashes()
    this.needs.told.change({ exit: null, crashCount: 0 })
  }

  /** Calls off the restart that is due; the crashes stay counted. */
  callOffRestart(): void {
    this.#restarts.cancel()
    this.needs.told.forgetRestart()
  }

  describe(how: ChildExit, known?: ServerExit['reason']): Promise<ServerExit> {
    const { log, address } = this.needs
    return describeExit(how, { lastLines: (count) => log.lastLines(count), address: address() }, known)
  }

  /** Tells of an end that nobody asked for, and brings the server back where that has a chance. */
  tell(exit: ServerExit, hasAnswered: boolean): void {
    const { told, log } = this.needs
    log.add('corral', [`the server ended: code ${exit.code}, signal ${exit.signal}, ${exit.reason}`])
    if (hasAnswered && exit.reason === 'stopped-by-other') {
      told.become({ state: 'stopped' }, { exit })
      return
    }
    // What fails at the first try would fail at the next: only one that ran, or is being brought back, is tried again.
    const isTried = hasAnswered || this.#restarts.crashCount > 0
    const delayMs = isTried ? this.#restarts.countCrash(Date.now()) : undefined
    const nextRestartAtMs = delayMs == null ? null : Date.now() + delayMs
    const { crashCount } = this.#restarts
    told.become({ state: 'crashed', nextRestartAtMs, gaveUp: delayMs === null }, { exit, crashCount })
    if (delayMs != null) this.#restarts.schedule(delayMs, () => this.#restart())
  }

  #restart() {
    this.needs.restart().catch((error: unknown) => this.needs.logger.warn('a restart after a crash failed', error))
  }
}
