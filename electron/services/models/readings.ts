import { changeOfAny, Watched } from '../../platform/watched'
import type { ServerAddress } from '../../wire/server-address'

export const loadedEveryMs = 1500
const usualPeriods = { loadedEveryMs, installedEveryMs: 12_000 }

type Address = NonNullable<ServerAddress>

type Needs = {
  server: Watched<ServerAddress>
  isWatched: () => boolean
  /** Reads what is loaded, and with `isListDue` what is installed; whether that was had. */
  read: (address: Address, isListDue: boolean) => Promise<boolean>
  /** A server that has not been listed yet is about to be read. */
  onNewServer: () => void
  /** The list of this server has been read. */
  onListed: (address: Address) => void
  onNoServer: () => void
}

/**
 * When a server is asked for its models: while somebody looks, at once after a change, and each new server once. What is
 * loaded changes by itself; the list, which costs more, seldom.
 */
export class Readings {
  readonly #dirty = new Watched(0)
  #listed: { address: ServerAddress; atMs: number; dirty: number } = { address: null, atMs: 0, dirty: -1 }

  constructor(
    private readonly needs: Needs,
    private readonly periods = usualPeriods,
  ) {}

  /** The list has changed: read it again at once. */
  refresh(): void {
    this.#dirty.update((count) => count + 1)
  }

  /** Reads until the signal aborts. */
  async keep(signal: AbortSignal): Promise<void> {
    const { server } = this.needs
    while (!signal.aborted) {
      const address = server.current
      const dirty = this.#dirty.current
      if (address) await this.#readIfWanted(address, dirty)
      else this.needs.onNoServer()
      await changeOfAny(
        [
          [server, address],
          [this.#dirty, dirty],
        ],
        signal,
        this.periods.loadedEveryMs,
      )
    }
  }

  async #readIfWanted(address: Address, dirty: number): Promise<void> {
    const { isWatched, read, onNewServer, onListed } = this.needs
    const isNew = this.#listed.address !== address
    const isChanged = this.#listed.dirty !== dirty
    if (!isNew && !isChanged && !isWatched()) return
    if (isNew) onNewServer()
    const isListDue = isNew || isChanged || Date.now() - this.#listed.atMs > this.periods.installedEveryMs
    const isRead = await read(address, isListDue)
    if (!isRead || !isListDue) return
    this.#listed = { address, atMs: Date.now(), dirty }
    onListed(address)
  }
}
