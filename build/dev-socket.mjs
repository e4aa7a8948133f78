import { connect } from 'node:net'

/**
 * Takes the page's socket from the development server to the web host of the moment, whose port and token change with
 * each restart. The page must know the development server's own token.
 * @param {import('node:http').Server} server
 * @param {string} token
 * @param {() => URL} hostUrl the link that the host printed
 */
export function forwardSockets(server, token, hostUrl) {
  server.on('upgrade', (request, socket, head) => {
    const protocols = (request.headers['sec-websocket-protocol'] ?? '').split(', ')
    if (protocols[0]?.startsWith('vite-')) return // the development server's own
    if (!protocols.includes(`corral.token.${token}`)) {
      socket.destroy()
      return
    }
    const { hostname, port, host, origin, hash } = hostUrl()
    const headers = {
      ...request.headers,
      host,
      origin,
      'sec-websocket-protocol': `corral, corral.token.${hash.slice('#token='.length)}`,
    }
    const upstream = connect(Number(port), hostname, () => {
      const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
      upstream.write(`GET / HTTP/1.1\r\n${lines.join('')}\r\n`)
      upstream.write(head)
      upstream.pipe(socket).pipe(upstream)
    })
    upstream.on('error', () => socket.destroy())
    socket.on('error', () => upstream.destroy())
  })
}
