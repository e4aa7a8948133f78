import { createORPCClient } from '@orpc/client'
import { RPCLink as MessagePortLink } from '@orpc/client/message-port'
import { RPCLink as WebSocketLink } from '@orpc/client/websocket'
import type { Client } from './client'

/** An open way to the host. `closed` resolves when it is gone. */
export type Transport = { client: Client; closed: Promise<void>; close(): void }

declare global {
  interface Window {
    /** Put there by the desktop host's preload: asks for a port, which arrives as a message to this window. */
    corral?: { requestPort(): void }
  }
}

export const isDesktop = () => window.corral !== undefined

/** Opens a MessagePort to the desktop host. */
export function openPort(): Promise<Transport> {
  return new Promise((resolve) => {
    const receive = (event: MessageEvent) => {
      const port = event.ports[0]
      if (event.source !== window || event.data !== 'corral-port' || !port) return
      window.removeEventListener('message', receive)
      const closed = new Promise<void>((resolveClosed) => port.addEventListener('close', () => resolveClosed()))
      const client = createORPCClient<Client>(new MessagePortLink({ port }))
      port.start()
      resolve({ client, closed, close: () => end(port) })
    }
    window.addEventListener('message', receive)
    window.corral?.requestPort()
  })
}

/** Opens a WebSocket to the web host. Rejects when it does not open. */
export function openSocket(token: string): Promise<Transport> {
  const socket = new WebSocket(`ws://${window.location.host}/`, ['corral', `corral.token.${token}`])
  return new Promise((resolve, reject) => {
    socket.addEventListener('open', () => {
      const client = createORPCClient<Client>(new WebSocketLink({ websocket: socket }))
      // After the link's own listener, which ends what is in flight: an abort behind it would be sent into a closed socket.
      const closed = new Promise<void>((resolveClosed) => socket.addEventListener('close', () => resolveClosed()))
      resolve({ client, closed, close: () => end(socket) })
    })
    socket.addEventListener('error', () => reject(new Error('the socket did not open')))
  })
}

/** A silent link may take minutes to close, and a port closed from here says nothing: what is in flight fails now. */
function end(link: WebSocket | MessagePort) {
  link.dispatchEvent(new Event('close'))
  link.close()
}
