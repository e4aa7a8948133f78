import { RPCHandler } from '@orpc/server/ws'
import type { MessageEvent, WebSocket } from 'ws'
import { isRequestFrame } from './request-frame'
import type { ServedRouter } from './served-router'

const maximumBufferBytes = 8 * 2 ** 20

/**
 * Serves the contract over one WebSocket. A client that sends garbage or does not read what it asked for is cut off;
 * reconnecting gives it a fresh picture.
 */
export function serveWebSocket(router: ServedRouter, socket: WebSocket): void {
  socket.on('error', () => socket.terminate())
  const guarded = {
    send(data: Parameters<WebSocket['send']>[0]) {
      // One message may be longer than the limit: cutting for it would cut again after each reconnect.
      if (socket.bufferedAmount > maximumBufferBytes) socket.terminate()
      else socket.send(data)
    },
    addEventListener(type: string, listener: (event: MessageEvent) => void) {
      if (type === 'close') socket.addEventListener('close', () => listener({} as MessageEvent))
      if (type !== 'message') return
      socket.addEventListener('message', (event) => (isRequestFrame(event.data) ? listener(event) : socket.terminate()))
    },
  }
  void new RPCHandler(router).upgrade(guarded as Pick<WebSocket, 'addEventListener' | 'send'>)
}
