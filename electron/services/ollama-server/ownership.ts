import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import type { Logger } from '../../platform/logger'
import type { Watched } from '../../platform/watched'
import { OwnedServer } from './owned-server'
import type { Loaded, Runners } from './runners'
import { ServerRecord } from './server-record'

const noteRunnersEveryMs = 6000

export type OwnershipNeeds = {
  dataFolder: string
  /** What the running server was started with; null when Corral did not start it. Kept up to date here. */
  applied: Watched<ServerSettings | null>
  runners: Runners
  /** The models that the server holds, asked of itself. */
  askLoaded: () => Promise<readonly Loaded[]>
  logger: Logger
}

/** The server that is ours, where there is one; noted on disk with its runners, for a Corral that comes after a kill. */
export class Ownership {
  readonly #record: ServerRecord
  #server: OwnedServer | null = null
  #notedAtMs = 0

  constructor(private readonly needs: OwnershipNeeds) {
    this.#record = new ServerRecord(needs.dataFolder, needs.logger)
  }

  get server(): OwnedServer | null {
    return this.#server
  }

  take(server: OwnedServer): void {
    this.#server = server
    this.needs.applied.set(server.applied)
    this.#record.write(server.toRecord())
  }

  /** It is no more, or about to be no more; `forget` follows once nothing of it is left. */
  letGo(server: OwnedServer): void {
    if (this.#server !== server) return
    this.#server = null
    this.needs.applied.set(null)
  }

  /** Unless another has been taken meanwhile. */
  forget(): void {
    if (!this.#server) this.#record.write(null)
  }

  /** Takes up the server that an earlier Corral left running, and ends what one that died left behind. */
  async takeUpEarlier(isSimulated: boolean): Promise<OwnedServer | null> {
    const { started } = this.#record
    if (!started || started.isSimulated !== isSimulated) return null
    const earlier = OwnedServer.fromRecord(started)
    if (await earlier.isStill()) {
      this.take(earlier)
      return earlier
    }
    await earlier.endRunners()
    this.forget()
    return null
  }

  /** Asks the server what it holds, now and then: its runners are looked for where that has changed. */
  async noteRunners(): Promise<void> {
    if (!this.#server || performance.now() - this.#notedAtMs < noteRunnersEveryMs) return
    this.#notedAtMs = performance.now()
    try {
      await this.needs.runners.of(await this.needs.askLoaded())
    } catch (error) {
      this.needs.logger.warn('the runners of the server could not be told', error)
    }
  }

  /** Notes each change of its runners. */
  async followRunners(closing: AbortSignal): Promise<void> {
    const { known } = this.needs.runners
    for (let seen = known.current; !closing.aborted; seen = known.current) {
      await known.changeFrom(seen, closing)
      if (!this.#server || closing.aborted) continue
      this.#server.runners = known.current
      this.#record.write(this.#server.toRecord())
    }
  }
}
