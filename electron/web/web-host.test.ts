import { once } from 'node:events'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { WebSocket } from 'ws'
import { longestQuestion } from '../../shared/contract/chats'
import { startWebHost, type WebHost } from './web-host'

const foreignUpgrade = 'GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'

let web: WebHost
beforeEach(async () => {
  const router = {} as Parameters<typeof startWebHost>[0] // nothing gets as far
  web = await startWebHost(router, { bindAddress: '127.0.0.1', port: 0, pageFolder: import.meta.dirname })
})
afterEach(() => web.close())

test('a stranger who resets the connection that is being refused does no harm', async () => {
  const uncaught: Error[] = []
  const note = (error: Error) => uncaught.push(error)
  process.prependListener('uncaughtException', note)
  for (let round = 0; round < 50; round++) {
    const socket = connect(web.port, '127.0.0.1')
    socket.on('error', () => {})
    await once(socket, 'connect')
    socket.write(foreignUpgrade)
    socket.resetAndDestroy()
    await pause(2)
  }
  await pause(100)
  process.off('uncaughtException', note)
  expect(uncaught).toEqual([])
})

test('a refused connection is closed by the host, whatever the stranger keeps open', async () => {
  const socket = connect({ port: web.port, host: '127.0.0.1', allowHalfOpen: true })
  let answer = ''
  socket.on('data', (chunk) => {
    answer += chunk
  })
  socket.write(foreignUpgrade)
  await once(socket, 'end')
  expect(answer).toContain('403')
  // The host is gone when it answers what we still send with a reset.
  const refused = once(socket, 'error').catch((error: unknown) => [error])
  const trying = setInterval(() => socket.write('x'), 20)
  const [error] = await Promise.race([refused, pause(2000, [null])])
  clearInterval(trying)
  socket.destroy()
  expect(error).toMatchObject({ code: expect.stringMatching(/ECONNRESET|EPIPE/) })
})

test.each(['显', '\u0001'])(
  'the longest question in characters like %j is not too long a message',
  async (character) => {
    const { host, origin } = new URL(web.url)
    const socket = new WebSocket(`ws://${host}/`, ['corral', `corral.token.${web.token}`], { headers: { origin } })
    await once(socket, 'open')
    const closed = once(socket, 'close').then(([code]) => code as number)
    socket.send(
      JSON.stringify({ i: '1', p: { u: '/nothing', b: { json: { text: character.repeat(longestQuestion) } } } }),
    )
    const answered = once(socket, 'message').then(() => 'answered')
    expect(await Promise.race([closed, answered])).toBe('answered')
    socket.terminate()
  },
)

test('a host that listens on all addresses prints a link that opens', async () => {
  const router = {} as Parameters<typeof startWebHost>[0]
  const open = await startWebHost(router, { bindAddress: '0.0.0.0', port: 0, pageFolder: import.meta.dirname })
  try {
    expect(new URL(open.url).hostname).not.toBe('0.0.0.0')
    expect((await fetch(new URL('/web-host.ts', open.url))).status).toBe(200)
    expect((await fetch(`http://127.0.0.1:${open.port}/web-host.ts`)).status).toBe(200)
  } finally {
    await open.close()
  }
})
