import type { ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { streamRecords } from './records'
import { TestServers } from './test-server.testing'

const servers = TestServers.forEachTest()

async function recordsOf(answer: (response: ServerResponse) => unknown, signal?: AbortSignal) {
  const { baseUrl, stop } = await servers.listen((_, response) => void answer(response))
  const all = []
  for await (const records of streamRecords({ baseUrl, path: '/api/pull', body: {}, signal })) all.push(...records)
  await stop()
  return all
}

test('records are read in order, however many arrive together', async () => {
  expect(await recordsOf((response) => response.end('{"n":1}\n{"n":2}\n\n{"n":3}\n'))).toEqual([
    { n: 1 },
    { n: 2 },
    { n: 3 },
  ])
})

test('a record cut anywhere is put together, even inside a character', async () => {
  const bytes = Buffer.from('{"text":"显存 🙂"}\n')
  for (let cut = 1; cut < bytes.length; cut++) {
    const records = await recordsOf((response) =>
      response.write(bytes.subarray(0, cut), () => setImmediate(() => response.end(bytes.subarray(cut)))),
    )
    expect(records).toEqual([{ text: '显存 🙂' }])
  }
})

test('a last record without its line end counts, half a record does not', async () => {
  expect(await recordsOf((response) => response.end('{"n":1}\n{"done":true}'))).toEqual([{ n: 1 }, { done: true }])
  expect(await recordsOf((response) => response.end('{"n":1}\n{"n":2'))).toEqual([{ n: 1 }])
})

test('a record of eight megabytes is read', async () => {
  const context = 'x'.repeat(8 * 2 ** 20)
  expect(await recordsOf((response) => response.end(`${JSON.stringify({ context })}\n`))).toEqual([{ context }])
})

test('a link that breaks in the middle of a stream gives what came and the failure', async () => {
  const broken = recordsOf((response) => response.write('{"n":1}\n', () => response.destroy()))
  await expect(broken).rejects.toMatchObject({ code: 'serverConnectionLost' })
})

test('a record with an error ends the stream, whatever follows', async () => {
  const failed = recordsOf((response) => response.end('{"n":1}\n{"error":"boom","status":500}\n{"n":2}\n'))
  await expect(failed).rejects.toMatchObject({ code: 'ollamaFailed', detail: 'boom' })
})

test('whoever leaves is not told of a failure of the server', async () => {
  const leaving = new AbortController()
  const left = recordsOf(
    (response) => response.write('{"n":1}\n', () => setTimeout(() => leaving.abort(), 20)),
    leaving.signal,
  )
  await expect(left).rejects.toMatchObject({ name: 'AbortError' })
})
