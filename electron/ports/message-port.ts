import { RPCHandler } from '@orpc/server/message-port'
import { isRequestFrame } from './request-frame'
import type { ServedRouter } from './served-router'

/** What Node's and Electron's ports have in common. */
export type Port = {
  postMessage(data: unknown): void
  on(type: 'message' | 'close', listener: (message?: unknown) => void): unknown
  start(): void
  close(): void
}

/** Serves the contract over one MessagePort; one that carries garbage is closed. */
export function serveMessagePort(router: ServedRouter, port: Port): void {
  const guarded = {
    postMessage: (data: unknown) => port.postMessage(data),
    on(type: string, listener: (event?: { data: unknown }) => void) {
      if (type === 'close') port.on('close', () => listener())
      if (type !== 'message') return
      port.on('message', (message) => {
        const data = dataOf(message)
        if (isRequestFrame(data)) listener({ data })
        else port.close()
      })
    },
  }
  new RPCHandler(router).upgrade(guarded as unknown as Parameters<RPCHandler<Record<never, never>>['upgrade']>[0])
  port.start()
}

/** Electron's ports give an event, Node's the message itself. */
const dataOf = (message: unknown) =>
  typeof message === 'object' && message !== null && 'data' in message ? message.data : message
