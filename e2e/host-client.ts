import { once } from 'node:events'
import { createORPCClient } from '@orpc/client'
import { RPCLink } from '@orpc/client/websocket'
import type { ContractRouterClient } from '@orpc/contract'
import { WebSocket } from 'ws'
import type { Contract } from '../shared/contract'

export type HostClient = ContractRouterClient<Contract>

/** Speaks the contract to a web host from outside its page: `use` gets the client, and the link ends with it. */
export async function withHostClient(link: string, use: (host: HostClient) => Promise<void>): Promise<void> {
  const url = new URL(link)
  const token = url.hash.slice('#token='.length)
  const socket = new WebSocket(`ws://${url.host}/`, ['corral', `corral.token.${token}`], { origin: url.origin })
  await once(socket, 'open')
  try {
    await use(createORPCClient<HostClient>(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })))
  } finally {
    socket.close()
    await once(socket, 'close')
  }
}

/** The first value of a watch that is as wanted. */
export async function firstOf<T>(watch: Promise<AsyncIterable<T>>, isWanted: (value: T) => boolean): Promise<T> {
  for await (const value of await watch) if (isWanted(value)) return value
  throw new Error('the watch ended before what was waited for came')
}
