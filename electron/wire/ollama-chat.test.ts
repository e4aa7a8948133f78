import { expect, test } from 'vitest'
import { ollamaChat } from './ollama-chat'
import { TestServers } from './test-server.testing'

const servers = TestServers.forEachTest()

test.each([false, null])(
  'whoever leaves while the model loads (known before: %s) ends the question',
  async (isLoaded) => {
    let asked = 0
    const { baseUrl, connections } = await servers.listen((request, response) => {
      if (request.url === '/api/ps') response.end('{"models":[]}')
      else asked++ // a load is silent
    })
    for await (const [event] of ollamaChat({ baseUrl, body: { model: 'm' } }, isLoaded)) {
      expect(event).toEqual({ kind: 'loading' })
      await expect.poll(() => asked).toBe(1)
      break
    }
    await expect.poll(() => connections.every(({ destroyed }) => destroyed)).toBe(true)
  },
)

test('an answer read to its end gives its connection back', async () => {
  const { baseUrl, connections } = await servers.listen((_, response) =>
    response.end(`${JSON.stringify({ message: { content: 'a' }, done: true })}\n`),
  )
  const sockets = servers.sockets()
  for (let i = 0; i < 3; i++) {
    const kinds: string[] = []
    for await (const events of ollamaChat({ baseUrl, sockets, body: { model: 'm' } }, true)) {
      kinds.push(...events.map(({ kind }) => kind))
    }
    expect(kinds).toEqual(['delta', 'end'])
  }
  expect(connections).toHaveLength(1)
})
