import { once } from 'node:events'
import { request as httpRequest } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Failure } from '../../shared/failure'
import { askJson } from './ask'
import { testCertificate } from './certificate.testing'
import { addressOf, pieces, send } from './request'
import { TestServers } from './test-server.testing'

const servers = TestServers.forEachTest()

test.each([
  ['http://h', '/api/tags', 'http://h/api/tags'],
  ['http://h/', '/api/tags', 'http://h/api/tags'],
  ['https://h:8443/ollama/', '/api/tags', 'https://h:8443/ollama/api/tags'],
  ['https://h/v1?api-version=2', '/chat/completions', 'https://h/v1/chat/completions?api-version=2'],
  ['http://[::1]:11434', '/api/show?x=a%20b', 'http://[::1]:11434/api/show?x=a+b'],
])('%s and %s is %s', (baseUrl, path, address) => expect(addressOf(baseUrl, path).href).toBe(address))

test('a question brings its prefix, headers and body', async () => {
  const { baseUrl } = await servers.listen(async (request, response) => {
    const { authorization, 'content-length': length } = request.headers
    response.end(JSON.stringify({ url: request.url, method: request.method, authorization, length }))
  })
  const ask = { baseUrl: `${baseUrl}/behind/proxy`, path: '/api/x', headers: { Authorization: 'Bearer k' } }
  const asked = { url: '/behind/proxy/api/x', authorization: 'Bearer k' }
  expect(await askJson({ ...ask, body: { text: '显' } })).toEqual({ ...asked, method: 'POST', length: '14' })
  expect(await askJson(ask)).toEqual({ ...asked, method: 'GET' })
})

test('one connection carries many answers, streams and errors too', async () => {
  const { baseUrl, connections } = await servers.listen((request, response) => {
    if (request.url === '/no') response.statusCode = 500
    response.end('{}')
  })
  const sockets = servers.sockets()
  for (let i = 0; i < 5; i++) await askJson({ sockets, baseUrl, path: '/a', ...(i % 2 ? { body: {} } : {}) })
  await expect(askJson({ sockets, baseUrl, path: '/no' })).rejects.toMatchObject({ code: 'ollamaFailed' })
  await askJson({ sockets, baseUrl, path: '/a' })
  expect(connections).toHaveLength(1)
})

test('closing ends the kept sockets and those in use, and nothing can be asked any more', async () => {
  const { baseUrl, connections } = await servers.listen((request, response) => {
    if (request.url === '/a') response.end('{}')
    else response.write('{')
  })
  const sockets = servers.sockets()
  await Promise.all([askJson({ sockets, baseUrl, path: '/a' }), askJson({ sockets, baseUrl, path: '/a' })])
  const underWay = askJson({ sockets, baseUrl, path: '/never' })
  await expect.poll(() => connections.length).toBe(2)
  await pause(20)
  await sockets.close()
  await expect(underWay).rejects.toThrow(Failure)
  await expect.poll(() => connections.every((socket) => socket.destroyed)).toBe(true)
  await expect(askJson({ sockets, baseUrl, path: '/a' })).rejects.toMatchObject({ code: 'serverNotReady' })
})

test.each(['GET', 'POST'] as const)('a %s after the server was restarted goes through', async (method) => {
  const sockets = servers.sockets()
  const first = await servers.listen((_, response) => response.end('1'))
  const { baseUrl, port } = first
  await Promise.all(Array.from({ length: 4 }, () => askJson({ sockets, baseUrl, path: '/' })))
  await first.stop()
  await servers.listen((_, response) => response.end('2'), { port })
  expect(await askJson({ sockets, baseUrl, path: '/', method, body: {} })).toBe(2)
})

test('a kept socket that is closed in the same moment as it is used again loses nothing', async () => {
  const { baseUrl, connections } = await servers.listen((_, response) => response.end('1'))
  const sockets = servers.sockets()
  for (let i = 0; i < 20; i++) {
    await askJson({ sockets, baseUrl, path: '/' })
    connections.at(-1)?.destroy() // our side has not heard of it when it asks
    expect(await askJson({ sockets, baseUrl, path: '/', body: {} })).toBe(1)
  }
})

test('a server that breaks a kept socket on reading it is asked again for what changes nothing, and only once a question', async () => {
  const seen: string[] = []
  const { baseUrl } = await servers.listen((request, response) => {
    seen.push(`${request.method} ${request.url}`)
    if (request.url === '/break' && seen.length % 2 === 0) request.socket.destroy()
    else response.end('1')
  })
  const sockets = servers.sockets()
  await askJson({ sockets, baseUrl, path: '/a' })
  expect(await askJson({ sockets, baseUrl, path: '/break' })).toBe(1)
  expect(seen).toEqual(['GET /a', 'GET /break', 'GET /break'])
  const lost = askJson({ sockets, baseUrl, path: '/break', body: {} })
  await expect(lost).rejects.toMatchObject({ code: 'serverConnectionLost' })
  expect(seen.filter((line) => line.startsWith('POST'))).toHaveLength(1)
})

test('nobody at the address: the server is not running', async () => {
  await expect(askJson({ baseUrl: 'http://127.0.0.1:1', path: '/' })).rejects.toMatchObject({ code: 'serverNotReady' })
})

test('whoever leaves is not told of a failure of the server, and the server sees it at once', async () => {
  const { baseUrl, connections } = await servers.listen((request, response) => {
    if (request.url === '/begun') response.write('{')
  })
  const sockets = servers.sockets()
  for (const path of ['/silent', '/begun']) {
    const leaving = new AbortController()
    const asked = askJson({ sockets, baseUrl, path, signal: leaving.signal })
    await expect.poll(() => connections.at(-1)?.bytesRead ?? 0).toBeGreaterThan(0)
    leaving.abort()
    await expect(asked).rejects.toMatchObject({ name: 'AbortError' })
    const last = connections.at(-1)
    if (last && !last.destroyed) await once(last, 'close')
    connections.length = 0
  }
})

test('a signal that was aborted before sends nothing', async () => {
  const { baseUrl, connections } = await servers.listen((_, response) => response.end('1'))
  await expect(askJson({ baseUrl, path: '/', signal: AbortSignal.abort() })).rejects.toMatchObject({
    name: 'AbortError',
  })
  expect(connections).toHaveLength(0)
})

test('a long-lived signal gathers no listeners', async () => {
  const { baseUrl } = await servers.listen((_, response) => response.end('1'))
  const sockets = servers.sockets()
  let listeners = 0
  const { signal } = new AbortController()
  const [add, remove] = [signal.addEventListener.bind(signal), signal.removeEventListener.bind(signal)]
  signal.addEventListener = (...given: Parameters<typeof add>) => [listeners++, add(...given)]
  signal.removeEventListener = (...given: Parameters<typeof remove>) => [listeners--, remove(...given)]
  for (let i = 0; i < 20; i++) await askJson({ sockets, baseUrl, path: '/', signal })
  await expect.poll(() => listeners).toBe(0)
})

test.each([
  ['says nothing', '/silent', { headersMs: 50 }],
  ['stops in the middle', '/begun', { stallMs: 50 }],
])('a server that %s for longer than one waits does not answer', async (_, path, patience) => {
  const { baseUrl } = await servers.listen((request, response) => {
    if (request.url === '/begun') response.write('{')
  })
  await expect(askJson({ baseUrl, path, patience })).rejects.toMatchObject({ code: 'serverNotAnswering' })
})

test('a reader that takes its time is no silent server', async () => {
  const { baseUrl } = await servers.listen((_, response) => {
    for (let i = 0; i < 64; i++) response.write('x'.repeat(65_536))
    response.end()
  })
  let bytes = 0
  for await (const piece of pieces(await send({ baseUrl, path: '/' }), () => 500, undefined)) {
    if (bytes === 0) await pause(800)
    bytes += piece.length
  }
  expect(bytes).toBe(64 * 65_536)
})

test('a server with a certificate of its own is trusted only where its authority is known', async () => {
  const secure = await servers.listen((_, response) => response.end('1'), { isSecure: true })
  const { baseUrl, connections } = secure
  const knows = servers.sockets({ extraAuthorities: testCertificate.cert })
  for (let i = 0; i < 3; i++) expect(await askJson({ sockets: knows, baseUrl, path: '/' })).toBe(1)
  expect(connections).toHaveLength(1)
  for (const sockets of [servers.sockets(), undefined]) {
    await expect(askJson({ sockets, baseUrl, path: '/' })).rejects.toMatchObject({ code: 'tlsFailed' })
  }
  const plain = baseUrl.replace('https', 'http')
  await expect(askJson({ baseUrl: plain, path: '/' })).rejects.toMatchObject({ code: 'serverConnectionLost' })
})

/** A forward proxy: plain requests by their whole address, others through a tunnel. */
async function startProxy() {
  const through: string[] = []
  const proxy = await servers.listen((request, response) => {
    through.push(`${request.method} ${request.url}`)
    const { url = '', method, headers } = request
    request.pipe(httpRequest(url, { method, headers }, (answer) => answer.pipe(response)))
  })
  proxy.server.on('connect', (request, client) => {
    through.push(`CONNECT ${request.url}`)
    const [, port] = (request.url ?? '').split(':')
    const upstream = connect(Number(port), '127.0.0.1', () => client.write('HTTP/1.1 200 OK\r\n\r\n'))
    upstream.pipe(client).pipe(upstream)
    for (const side of [upstream, client]) side.on('error', () => {})
  })
  return { ...proxy, through }
}

test('a proxy is used, its tunnel is kept, and this machine is asked directly unless told otherwise', async () => {
  const proxy = await startProxy()
  const secure = await servers.listen((_, response) => response.end('1'), { isSecure: true })
  const plain = await servers.listen((_, response) => response.end('2'))
  const proxied = servers.sockets({
    proxyUrl: proxy.baseUrl,
    isProxyForLoopback: true,
    extraAuthorities: testCertificate.cert,
  })
  for (let i = 0; i < 3; i++) expect(await askJson({ sockets: proxied, baseUrl: secure.baseUrl, path: '/' })).toBe(1)
  expect(proxy.through).toEqual([`CONNECT 127.0.0.1:${secure.port}`])
  expect(await askJson({ sockets: proxied, baseUrl: plain.baseUrl, path: '/a' })).toBe(2)
  expect(proxy.through.at(-1)).toBe(`GET ${plain.baseUrl}/a`)

  const usual = servers.sockets({ proxyUrl: proxy.baseUrl })
  const before = proxy.through.length
  expect(await askJson({ sockets: usual, baseUrl: plain.baseUrl, path: '/' })).toBe(2)
  expect(proxy.through).toHaveLength(before)
})

test('a proxy that is not there is said to be so', async () => {
  const plain = await servers.listen((_, response) => response.end('2'))
  const sockets = servers.sockets({ proxyUrl: 'http://127.0.0.1:1', isProxyForLoopback: true })
  for (const baseUrl of [plain.baseUrl, plain.baseUrl.replace('http', 'https')]) {
    await expect(askJson({ sockets, baseUrl, path: '/' })).rejects.toMatchObject({ code: 'serverNotReady' })
  }
})
