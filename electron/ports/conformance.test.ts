import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause, setImmediate as turn } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { createORPCClient, type ORPCError } from '@orpc/client'
import { RPCLink as MessagePortLink } from '@orpc/client/message-port'
import { RPCLink as WebSocketLink } from '@orpc/client/websocket'
import { type ContractRouterClient, eventIterator } from '@orpc/contract'
import { implement } from '@orpc/server'
import { afterEach, describe, expect, test } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { z } from 'zod'
import { operation } from '../../shared/contract/operation'
import { Failure } from '../../shared/failure'
import type { Logger } from '../platform/logger'
import { redact } from '../platform/redact'
import { Watched } from '../platform/watched'
import { type Port, serveMessagePort } from './message-port'
import { reportFailures } from './report-failures'
import { serveWebSocket } from './web-socket'

const testContract = {
  words: {
    echo: operation.input(z.object({ text: z.string() })).output(z.string()),
    fail: operation,
    break: operation,
    writeOnFullDisk: operation,
    never: operation,
    watch: operation.output(eventIterator(z.number())),
    watchPage: operation.output(eventIterator(z.string())),
    failLater: operation.output(eventIterator(z.number())),
    breakLater: operation.output(eventIterator(z.number())),
    flood: operation.output(eventIterator(z.string())),
  },
}

/** A host with one of each kind of operation, and a record of what happened on its side. */
function testHost() {
  const logged: string[] = []
  const note = (message: string, detail?: unknown) => void logged.push(`${message} ${detail}`)
  const logger: Logger = { info: note, warn: note, error: note }
  const count = new Watched(0)
  const ended: string[] = []
  const on = implement(testContract).use(reportFailures(logger, redact))
  const router = on.router({
    words: {
      echo: on.words.echo.handler(({ input }) => input.text),
      fail: on.words.fail.handler(() => {
        throw new Failure('modelNotFound', 'proxy http://me:secret@box/ says no')
      }),
      break: on.words.break.handler(() => {
        throw new Error('the secret of the house')
      }),
      writeOnFullDisk: on.words.writeOnFullDisk.handler(() => {
        throw Object.assign(new Error('database or disk is full'), { code: 'SQLITE_FULL' })
      }),
      never: on.words.never.handler(async ({ signal }) => {
        await new Promise((resolve) => signal?.addEventListener('abort', resolve, { once: true }))
        ended.push('never')
      }),
      watch: on.words.watch.handler(async function* ({ signal }) {
        try {
          yield* count.watch(signal, 5)
        } finally {
          ended.push('watch')
        }
      }),
      watchPage: on.words.watchPage.handler(async function* ({ signal }) {
        try {
          for await (const number of count.watch(signal, 5)) yield `${number} ${'x'.repeat(1000)}`
        } finally {
          ended.push('watchPage')
        }
      }),
      failLater: on.words.failLater.handler(async function* () {
        yield 1
        throw new Failure('diskFull')
      }),
      breakLater: on.words.breakLater.handler(async function* () {
        yield 1
        throw new Error('the secret of the house')
      }),
      flood: on.words.flood.handler(async function* ({ signal }) {
        const megabyte = 'x'.repeat(2 ** 20)
        try {
          while (!signal?.aborted) {
            yield megabyte
            await pause(5)
          }
        } finally {
          ended.push('flood')
        }
      }),
    },
  })
  return { router, count, ended, logged }
}

type Client = ContractRouterClient<typeof testContract>
type Connection = {
  host: ReturnType<typeof testHost>
  client: Client
  call(path: string[]): Promise<unknown>
  sendGarbage(frame: unknown): void
  deafen(): void
  dropFromPage(): void
  dropFromHost(): void
}

const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0)) await close()
})

async function overWebSocket(): Promise<Connection> {
  const host = testHost()
  const httpServer = createServer()
  const sockets = new WebSocketServer({ server: httpServer })
  sockets.on('connection', (socket) => serveWebSocket(host.router, socket))
  httpServer.listen(0, '127.0.0.1')
  await once(httpServer, 'listening')
  const socket = new WebSocket(`ws://127.0.0.1:${(httpServer.address() as AddressInfo).port}`)
  await once(socket, 'open')
  closers.push(() => {
    socket.terminate()
    for (const open of sockets.clients) open.terminate()
    sockets.close()
    httpServer.close()
    return once(httpServer, 'close')
  })
  const link = new WebSocketLink({ websocket: socket as unknown as globalThis.WebSocket })
  return {
    host,
    client: createORPCClient<Client>(link),
    call: (path) => link.call(path, undefined, { context: {} }),
    sendGarbage: (frame) => socket.send(frame as string),
    deafen: () => socket.pause(),
    dropFromPage: () => socket.terminate(),
    dropFromHost: () => {
      for (const open of sockets.clients) open.terminate()
    },
  }
}

async function overMessagePort(): Promise<Connection> {
  const host = testHost()
  const { port1, port2 } = new MessageChannel()
  serveMessagePort(host.router, port1 as unknown as Port)
  const link = new MessagePortLink({ port: port2 })
  port2.start()
  closers.push(() => {
    port1.close()
    port2.close()
  })
  return {
    host,
    client: createORPCClient<Client>(link),
    call: (path) => link.call(path, undefined, { context: {} }),
    sendGarbage: (frame) => port2.postMessage(frame),
    deafen: () => {},
    dropFromPage: () => port2.close(),
    dropFromHost: () => port1.close(),
  }
}

const failureOf = async (call: Promise<unknown>) => {
  try {
    await call
  } catch (error) {
    return error as ORPCError<string, { detail?: string } | undefined>
  }
  throw new Error('it did not fail')
}

const drain = async (iterator: AsyncIterable<unknown>) => {
  for await (const _ of iterator);
}

describe.each([
  ['a WebSocket', overWebSocket],
  ['a MessagePort', overMessagePort],
])('over %s', (_, connect) => {
  test('a call is answered', async () => {
    const { client } = await connect()
    expect(await client.words.echo({ text: '显存' })).toBe('显存')
  })

  test('an expected failure arrives with its code and a redacted detail', async () => {
    const { client } = await connect()
    const failure = await failureOf(client.words.fail())
    expect(failure).toMatchObject({
      code: 'modelNotFound',
      status: 404,
      data: { detail: 'proxy http://…@box/ says no' },
    })
  })

  test('an unexpected error is logged on the host and hidden from the page', async () => {
    const { client, host } = await connect()
    const failure = await failureOf(client.words.break())
    expect(failure.code).toBe('INTERNAL_SERVER_ERROR')
    expect(JSON.stringify(failure)).not.toContain('secret')
    expect(host.logged.join()).toContain('the secret of the house')
  })

  test('a disk without room is an expected failure', async () => {
    const { client } = await connect()
    expect(await failureOf(client.words.writeOnFullDisk())).toMatchObject({ code: 'diskFull', status: 507 })
  })

  test('a bad input is refused before it reaches a service', async () => {
    const { client } = await connect()
    const failure = await failureOf(client.words.echo({ text: 7 as unknown as string }))
    expect(failure.code).toBe('BAD_REQUEST')
  })

  test.each([
    ['words', 'nothing'],
    ['nothing', 'at', 'all'],
    ['__proto__', 'toString'],
    ['words', 'constructor'],
    ['words', 'hasOwnProperty'],
    ['words'],
  ])('the operation %s %s does not exist', async (...path) => {
    const { call } = await connect()
    const failure = await failureOf(call(path))
    expect(failure.code).toBe('NOT_FOUND')
  })

  test('a failure in a stream arrives with its code, after what came before it', async () => {
    const { client } = await connect()
    const seen: number[] = []
    const failure = await failureOf(
      (async () => {
        for await (const value of await client.words.failLater()) seen.push(value)
      })(),
    )
    expect(seen).toEqual([1])
    expect(failure.code).toBe('diskFull')
  })

  test('an unexpected error in a stream is hidden', async () => {
    const { client, host } = await connect()
    const failure = await failureOf(client.words.breakLater().then(drain))
    expect(failure.code).toBe('INTERNAL_SERVER_ERROR')
    expect(JSON.stringify(failure)).not.toContain('secret')
    expect(host.logged.join()).toContain('the secret of the house')
  })

  test('a watch gives the present value and then the latest, not every one', async () => {
    const { client, host } = await connect()
    const watch = await client.words.watch()
    expect((await watch.next()).value).toBe(0)
    for (let value = 1; value <= 500; value++) host.count.set(value)
    const seen: number[] = []
    while (seen.at(-1) !== 500) seen.push(Number((await watch.next()).value))
    expect(seen.length).toBeLessThan(10)
    await watch.return?.()
  })

  test('a page that stops watching ends the watch on the host', async () => {
    const { client, host } = await connect()
    const watch = await client.words.watch()
    await watch.next()
    await watch.return?.()
    await expect.poll(() => host.ended).toEqual(['watch'])
    expect(host.count.watcherCount).toBe(0)
  })

  test('a page that gives up a call ends it on the host', async () => {
    const { client, host } = await connect()
    const stop = new AbortController()
    const call = failureOf(client.words.never(undefined, { signal: stop.signal }))
    await pause(20)
    stop.abort()
    await call
    await expect.poll(() => host.ended).toEqual(['never'])
  })

  test('a page that goes away ends all it asked for', async () => {
    const { client, host, dropFromPage } = await connect()
    const watch = await client.words.watch()
    await watch.next()
    void client.words.never().catch(() => {})
    await pause(20)
    dropFromPage()
    await expect.poll(() => host.ended.sort()).toEqual(['never', 'watch'])
  })

  test('a host that goes away fails all that was asked of it', async () => {
    const { client, dropFromHost } = await connect()
    const watch = await client.words.watch()
    await watch.next()
    const call = failureOf(client.words.never())
    const watching = failureOf(drain(watch))
    await pause(20)
    dropFromHost()
    expect(await call).toBeInstanceOf(Error)
    expect(await watching).toBeInstanceOf(Error)
  })

  test.each(['{ not json', '[]', 'null', '{"t":3}', Buffer.from([0xff, 0x00, 0xfe])])(
    'a page that sends garbage (%s) is cut off, and the host goes on',
    async (frame) => {
      const { client, host, sendGarbage } = await connect()
      const watch = await client.words.watch()
      await watch.next()
      sendGarbage(frame)
      await expect.poll(() => host.ended).toEqual(['watch'])
    },
  )
})

test('a page is not cut off for one message that is longer than what may wait for it', async () => {
  const { client, host } = await overWebSocket()
  const watch = await client.words.watch()
  await watch.next()
  const text = '显'.repeat(6_000_000)
  expect((await client.words.echo({ text })).length).toBe(text.length)
  expect(host.ended).toEqual([])
})

test('a deaf page is cut off before its unread messages fill the memory', async () => {
  const { client, host, deafen } = await overWebSocket()
  const flood = await client.words.flood()
  await flood.next()
  const before = memoryInUse()
  deafen()
  await expect.poll(() => host.ended, { timeout: 10_000 }).toEqual(['flood'])
  expect(memoryInUse() - before).toBeLessThan(96 * 2 ** 20)
})

test('a deaf page that watches what changes all the time costs no memory, and is not cut off', async () => {
  const { client, host, deafen } = await overWebSocket()
  const watch = await client.words.watchPage()
  await watch.next()
  deafen()
  const before = memoryInUse()
  for (let change = 0; change < 20_000; change++) {
    host.count.update((value) => value + 1)
    await turn()
  }
  expect(memoryInUse() - before).toBeLessThan(8 * 2 ** 20)
  expect(host.ended).toEqual([])
})

/** Bytes that are still held, outside the heap too: what nobody holds any more is collected first. */
function memoryInUse() {
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const { heapUsed, external, arrayBuffers } = process.memoryUsage()
  return heapUsed + external + arrayBuffers
}
