import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Duplex } from 'node:stream'
import sirv from 'sirv'
import { type WebSocket, WebSocketServer } from 'ws'
import { longestQuestion } from '../../shared/contract/chats'
import { securityHeaders } from '../content-policy'
import type { ServedRouter } from '../ports/served-router'
import { serveWebSocket } from '../ports/web-socket'
import { allowedHosts, isAllowedHost, mayConnect, namesOf, protocolName } from './access'

export type WebHostOptions = { bindAddress: string; port: number; pageFolder: string; token?: string }

export type WebHost = { url: string; port: number; token: string; close(): Promise<void> }

const heartbeatMs = 30_000
/** The longest question, though each of its characters be one that JSON escapes, and what is around it. */
const maximumMessageBytes = 6 * longestQuestion + 2 ** 16

/** The page and the contract on one loopback port. Port 0 takes a free one. Rejects when the port is taken. */
export async function startWebHost(router: ServedRouter, options: WebHostOptions): Promise<WebHost> {
  const token = options.token ?? randomBytes(32).toString('base64url')
  const httpServer = createServer()
  httpServer.listen(options.port, options.bindAddress)
  await once(httpServer, 'listening')
  const { port } = httpServer.address() as AddressInfo
  const names = namesOf(options.bindAddress)
  const hosts = allowedHosts(names, port)

  const serveFile = sirv(options.pageFolder, { etag: true, dotfiles: false })
  httpServer.on('request', (request, response) => {
    if (!isAllowedHost(request.headers.host, hosts)) return refuse(response, 403)
    if (request.method !== 'GET' && request.method !== 'HEAD') return refuse(response, 405)
    const headers = securityHeaders(`'self' ws://${request.headers.host}`)
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value)
    serveFile(request, response, () => refuse(response, 404))
  })

  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maximumMessageBytes,
    handleProtocols: () => protocolName,
  })
  httpServer.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(',').map((name) => name.trim())
    const { host, origin } = request.headers
    if (!mayConnect({ host, origin, protocols }, hosts, token)) {
      // Node has let go of the socket: unheard, a reset by any page would end the host, and a half-open one would stay.
      socket.on('error', () => {})
      socket.on('finish', () => socket.destroy())
      socket.end('HTTP/1.1 403 Forbidden\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return
    }
    sockets.handleUpgrade(request, socket, head, (webSocket) => {
      answering.add(webSocket)
      webSocket.on('pong', () => answering.add(webSocket))
      serveWebSocket(router, webSocket)
    })
  })

  // A tunnel can break without a word; a page that does not answer one ping is gone by the next.
  const answering = new WeakSet<WebSocket>()
  const heartbeat = setInterval(() => {
    for (const socket of sockets.clients) {
      if (!answering.delete(socket)) socket.terminate()
      else socket.ping()
    }
  }, heartbeatMs)

  return {
    port,
    token,
    url: `http://${names[0]}:${port}/#token=${token}`,
    async close() {
      clearInterval(heartbeat)
      for (const socket of sockets.clients) socket.terminate()
      sockets.close()
      httpServer.close()
      httpServer.closeAllConnections()
      if (httpServer.listening) await once(httpServer, 'close')
    },
  }
}

function refuse(response: ServerResponse, status: number) {
  response.writeHead(status, { 'Content-Length': 0 })
  response.end()
}
