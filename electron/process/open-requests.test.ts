import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, describe, expect, test } from 'vitest'
import { countOthersRequests, serverEndsIn } from './open-requests'

const ss = [
  '0      0      127.0.0.1:11434 127.0.0.1:56072 bbr bytes_sent:100 bytes_received:90 lastsnd:224 lastrcv:4 lastack:224 data_segs_out:7 data_segs_in:2',
  '0      0      [::ffff:10.0.0.2]:11434 [::ffff:10.0.0.3]:50000 cubic bytes_received:5 lastsnd:4 lastrcv:4',
  '0      0      127.0.0.1:56072 127.0.0.1:11434 bbr bytes_sent:90',
].join('\n')

test('F8: the ends at the server are read, of IPv6 too', () => {
  expect(serverEndsIn(ss, 11434)).toEqual([
    { peer: '127.0.0.1:56072', sentBytes: 100, receivedBytes: 90, sentAgoMs: 224, receivedAgoMs: 4, moreSent: 5 },
    { peer: '[::ffff:10.0.0.3]:50000', sentBytes: 0, receivedBytes: 5, sentAgoMs: 4, receivedAgoMs: 4, moreSent: 0 },
  ])
})

const closers: (() => void)[] = []
afterEach(() => {
  for (const close of closers.splice(0)) close()
})

async function writePieces(response: ServerResponse, count: number) {
  for (let place = 0; place < count; place++) {
    response.write('x')
    await pause(60)
  }
}

/** A server that answers as it is told, and a program of another process that has asked it. */
async function asked(answer: (response: ServerResponse) => void): Promise<number> {
  const server = createServer((_, response) => answer(response)).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const script = `const http=require('http');const agent=new http.Agent({keepAlive:true,keepAliveMsecs:60000});http.get({port:${port},host:'127.0.0.1',agent},r=>r.on('data',()=>{}).on('end',()=>console.log('done')));setTimeout(()=>{},60000)`
  const child = spawn(process.execPath, ['-e', script], { stdio: ['ignore', 'pipe', 'inherit'] })
  closers.push(
    () => child.kill(),
    () => server.closeAllConnections(),
    () => server.close(),
  )
  const done = once(child.stdout, 'data')
  await Promise.race([done, once(server, 'request')])
  return port
}

describe.skipIf(process.platform !== 'linux' || process.getuid?.() === undefined)(
  'F8: the requests of other programs',
  () => {
    test('F8: one that waits for its answer counts', async () => {
      const port = await asked(() => {})
      await expect.poll(() => countOthersRequests(port, [])).toBe(1)
    })

    test('F8: one whose answer is coming counts', async () => {
      const port = await asked((response) => {
        const timer = setInterval(() => response.write('x'), 50)
        closers.push(() => clearInterval(timer))
      })
      await expect.poll(() => countOthersRequests(port, [])).toBe(1)
    })

    test('F8: a kept connection at rest does not, by the line of the log that ended its answer', async () => {
      const port = await asked((response) => response.end('x'))
      const answeredAtMs = [Math.floor(Date.now() / 1000) * 1000]
      expect(await countOthersRequests(port, answeredAtMs)).toBe(0)
      await pause(2500)
      expect(await countOthersRequests(port, answeredAtMs)).toBe(0)
    })

    test('F8: one whose answer has stalled counts', async () => {
      const port = await asked((response) => void writePieces(response, 6))
      await pause(2500)
      expect(await countOthersRequests(port, [])).toBe(1)
    })

    test('F8: nor does a request of our own', async () => {
      const port = await asked((response) => response.end('x'))
      expect(await countOthersRequests(port, [])).toBe(0)
      const own = fetch(`http://127.0.0.1:${port}/`).then((response) => response.text())
      await own
      expect(await countOthersRequests(port, [])).toBe(0)
    })
  },
)
