import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { askJson, streamRecords } from './request'

let server: Server | null = null
afterEach(async () => {
  server?.closeAllConnections()
  server?.close()
  if (server) await once(server, 'close')
  server = null
})

async function listen(listener: RequestListener) {
  server = createServer(listener).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

async function read(baseUrl: string, signal?: AbortSignal) {
  const all = []
  for await (const records of streamRecords({ baseUrl, path: '/api/pull', body: {}, ...(signal && { signal }) })) {
    all.push(...records)
  }
  return all
}

test('an answer is read, an empty one is nothing', async () => {
  const baseUrl = await listen((request, response) => response.end(request.url === '/a' ? '{"n":1}' : ''))
  expect(await askJson({ baseUrl, path: '/a' })).toEqual({ n: 1 })
  expect(await askJson({ baseUrl, path: '/b' })).toBeNull()
})

test('a page in the place of an answer is a failure that shows it', async () => {
  const baseUrl = await listen((_, response) => response.end('<html>'))
  await expect(askJson({ baseUrl, path: '/' })).rejects.toMatchObject({ code: 'ollamaFailed', detail: '<html>' })
})

test('nobody at the address: the server is not running', async () => {
  await expect(askJson({ baseUrl: 'http://127.0.0.1:1', path: '/' })).rejects.toMatchObject({ code: 'serverNotReady' })
})

test('a server that says nothing in its time does not answer', async () => {
  const baseUrl = await listen(() => {})
  const ask = askJson({ baseUrl, path: '/', signal: AbortSignal.timeout(100) })
  await expect(ask).rejects.toMatchObject({ code: 'serverNotAnswering' })
})

test('a server that stops in the middle of an answer does not answer', async () => {
  const baseUrl = await listen((_, response) => response.write('{"n":'))
  const signal = AbortSignal.any([new AbortController().signal, AbortSignal.timeout(200)])
  await expect(askJson({ baseUrl, path: '/', signal })).rejects.toMatchObject({ code: 'serverNotAnswering' })
})

test('a link that breaks in the middle of a stream gives what came and the failure', async () => {
  const baseUrl = await listen((_, response) => response.write('{"n":1}\n', () => response.destroy()))
  await expect(read(baseUrl)).rejects.toMatchObject({ code: 'serverConnectionLost' })
})

test('a record with an error ends the stream, whatever follows', async () => {
  const baseUrl = await listen((_, response) => response.end('{"n":1}\n{"error":"boom","status":500}\n{"n":2}\n'))
  await expect(read(baseUrl)).rejects.toMatchObject({ code: 'ollamaFailed', detail: 'boom' })
})

test('whoever leaves is not told of a failure of the server', async () => {
  const leaving = new AbortController()
  const baseUrl = await listen((_, response) =>
    response.write('{"n":1}\n', () => setTimeout(() => leaving.abort(), 20)),
  )
  await expect(read(baseUrl, leaving.signal)).rejects.toMatchObject({ name: 'AbortError' })
})
