import { type Environment, proxyFor } from './proxy-from-environment'
import { Sockets } from './sockets'

/** Sockets to servers outside of this machine, through the proxy that these variables name at the time. */
export class OutwardSockets {
  readonly #through = new Map<string, Sockets>()

  constructor(private readonly environment: () => Environment) {}

  to(address: URL): Sockets {
    const proxyUrl = proxyFor(address, this.environment())
    const known = this.#through.get(proxyUrl ?? '')
    if (known) return known
    const sockets = new Sockets(proxyUrl === undefined ? {} : { proxyUrl })
    this.#through.set(proxyUrl ?? '', sockets)
    return sockets
  }

  async close(): Promise<void> {
    await Promise.all([...this.#through.values()].map((sockets) => sockets.close()))
  }
}
