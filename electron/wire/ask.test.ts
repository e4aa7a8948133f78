import { expect, test } from 'vitest'
import { askJson } from './ask'
import { TestServers } from './test-server.testing'

const servers = TestServers.forEachTest()

test('an answer is read, an empty one is nothing', async () => {
  const { baseUrl } = await servers.listen((request, response) => response.end(request.url === '/a' ? '{"n":1}' : ''))
  expect(await askJson({ baseUrl, path: '/a' })).toEqual({ n: 1 })
  expect(await askJson({ baseUrl, path: '/b' })).toBeNull()
})

test('a page in the place of an answer is a failure that shows it', async () => {
  const { baseUrl } = await servers.listen((_, response) => response.end('<html>'))
  await expect(askJson({ baseUrl, path: '/' })).rejects.toMatchObject({ code: 'ollamaFailed', detail: '<html>' })
})

test('a server that says nothing in its time does not answer', async () => {
  const { baseUrl } = await servers.listen(() => {})
  const ask = askJson({ baseUrl, path: '/', signal: AbortSignal.timeout(100) })
  await expect(ask).rejects.toMatchObject({ code: 'serverNotAnswering' })
})

test('a server that stops in the middle of an answer does not answer', async () => {
  const { baseUrl } = await servers.listen((_, response) => response.write('{"n":'))
  const signal = AbortSignal.any([new AbortController().signal, AbortSignal.timeout(200)])
  await expect(askJson({ baseUrl, path: '/', signal })).rejects.toMatchObject({ code: 'serverNotAnswering' })
})

test.each([
  [200, 'answerTooLarge'],
  [500, 'ollamaFailed'],
])('a body without an end does not fill the memory, with status %i', { timeout: 60_000 }, async (status, code) => {
  let sent = 0
  const { baseUrl, connections } = await servers.listen((_, response) => {
    response.statusCode = status
    const more = () => {
      if (response.destroyed) return
      sent += 2 ** 20
      if (response.write('x'.repeat(2 ** 20))) setImmediate(more)
      else response.once('drain', more)
    }
    more()
  })
  await expect(askJson({ baseUrl, path: '/' })).rejects.toMatchObject({ code })
  await expect.poll(() => connections[0]?.destroyed).toBe(true)
  expect(sent).toBeLessThan(100 * 2 ** 20)
})
