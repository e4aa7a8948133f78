import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import { afterEach } from 'vitest'
import { testCertificate } from './certificate.testing'
import { type SocketOptions, Sockets } from './sockets'

/** Small real servers and the sockets to them; all are gone after each test. */
export class TestServers {
  readonly #servers: Server[] = []
  readonly #sockets: Sockets[] = []

  static forEachTest(): TestServers {
    const servers = new TestServers()
    afterEach(() => servers.close())
    return servers
  }

  /** Listens on loopback, on a port of its own or the one given, and counts the connections made to it. */
  async listen(answer: RequestListener, { port = 0, isSecure = false } = {}) {
    const server = isSecure ? createSecureServer(testCertificate, answer) : createServer(answer)
    const connections: Socket[] = []
    server.on('connection', (socket: Socket) => connections.push(socket))
    server.listen(port, '127.0.0.1')
    this.#servers.push(server)
    await once(server, 'listening')
    const { port: taken } = server.address() as AddressInfo
    return {
      server,
      connections,
      port: taken,
      baseUrl: `${isSecure ? 'https' : 'http'}://127.0.0.1:${taken}`,
      stop: () => stop(server),
    }
  }

  sockets(options: SocketOptions = {}): Sockets {
    const sockets = new Sockets(options)
    this.#sockets.push(sockets)
    return sockets
  }

  async close(): Promise<void> {
    await Promise.all(this.#sockets.splice(0).map((sockets) => sockets.close()))
    await Promise.all(this.#servers.splice(0).map(stop))
  }
}

async function stop(server: Server) {
  if (!server.listening) return
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
}
