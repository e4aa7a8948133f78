import { Readable } from 'node:stream'
import { expect, test } from 'vitest'
import { readRecords } from './records'

async function recordsOf(chunks: (string | Uint8Array)[]) {
  const stream = Readable.from(chunks.map((chunk) => Buffer.from(chunk as string)))
  const all = []
  for await (const records of readRecords(stream)) all.push(...records)
  return all
}

test('records that arrive together are read together, in order', async () => {
  expect(await recordsOf(['{"n":1}\n{"n":2}\n', '{"n":3}\n'])).toEqual([{ n: 1 }, { n: 2 }, { n: 3 }])
})

test('a record cut anywhere is put together, even inside a character', async () => {
  const bytes = Buffer.from('{"text":"显存 🙂"}\n')
  for (let cut = 1; cut < bytes.length; cut++) {
    expect(await recordsOf([bytes.subarray(0, cut), bytes.subarray(cut)])).toEqual([{ text: '显存 🙂' }])
  }
})

test('a last record without its line end counts', async () => {
  expect(await recordsOf(['{"n":1}\n{"done":true}'])).toEqual([{ n: 1 }, { done: true }])
})

test('half a record at the end is left out', async () => {
  expect(await recordsOf(['{"n":1}\n{"n":2'])).toEqual([{ n: 1 }])
})

test('a record of eight megabytes is read', async () => {
  const context = 'x'.repeat(8 * 2 ** 20)
  const line = `${JSON.stringify({ context })}\n`
  const pieces = Array.from({ length: 130 }, (_, place) => line.slice(place * 65_536, (place + 1) * 65_536))
  expect(await recordsOf(pieces)).toEqual([{ context }])
})
