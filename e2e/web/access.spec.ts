import { once } from 'node:events'
import { request } from 'node:http'
import { connect } from 'node:net'
import { WebSocket } from 'ws'
import { expect, test } from '../corral'
import type { CorralUnderTest } from '../corral-under-test'

/** Where the host listens, and the token of this launch. */
function link(corral: CorralUnderTest) {
  const url = new URL(corral.web.url)
  const token = url.hash.slice('#token='.length)
  return { host: url.host, port: Number(url.port), token, origin: url.origin }
}

/** What a WebSocket handshake is answered: 101, or the status of the refusal. */
async function handshake(host: string, protocols: string[], headers: Record<string, string>) {
  const socket = new WebSocket(`ws://${host}/`, protocols, { headers })
  const opened = once(socket, 'open').then(() => 101)
  const refused = new Promise<number | undefined>((resolve) => {
    socket.on('unexpected-response', (_, response) => resolve(response.statusCode))
    socket.on('error', () => resolve(undefined))
  })
  const status = await Promise.race([opened, refused])
  socket.terminate()
  return status
}

/** A GET with the path as it is, which a browser or `fetch` would tidy up first. */
async function get(port: number, path: string, headers: Record<string, string> = {}, method = 'GET') {
  const call = request({ host: '127.0.0.1', port, path, headers, method })
  call.end()
  const [response] = await once(call, 'response')
  let body = ''
  for await (const chunk of response) body += chunk
  return { status: response.statusCode as number, headers: response.headers as Record<string, string>, body }
}

test('the page and its token open a connection', async ({ corral }) => {
  const { host, origin, token } = link(corral)
  expect(await handshake(host, ['corral', `corral.token.${token}`], { origin })).toBe(101)
})

test.describe('a connection is refused', () => {
  test('without the token, with a wrong one, with a part of it', async ({ corral }) => {
    const { host, origin, token } = link(corral)
    const offers = [
      ['corral'],
      ['corral', 'corral.token.'],
      ['corral', 'corral.token.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'],
      ['corral', `corral.token.${token.slice(0, -1)}`],
      ['corral.token.wrong', `corral.token.${token}`],
    ]
    for (const protocols of offers) expect(await handshake(host, protocols, { origin }), protocols.join()).toBe(403)
  })

  test('when the token comes by another way than the sub-protocol', async ({ corral }) => {
    const { host, origin, token } = link(corral)
    const ways = { authorization: `Bearer ${token}`, cookie: `token=${token}; corral-token=${token}` }
    expect(await handshake(host, ['corral'], { origin, ...ways })).toBe(403)
    expect(
      await handshake(`${host}/?token=${token}`.replace('/?', '/#').split('#')[0] ?? host, ['corral'], { origin }),
    ).toBe(403)
  })

  test('from a foreign Origin, or from none', async ({ corral }) => {
    const { host, port, token } = link(corral)
    const protocols = ['corral', `corral.token.${token}`]
    const origins = [
      'http://evil.example',
      'null',
      `http://${host}.evil.example`,
      `https://${host}`,
      `http://127.0.0.1:${port + 1}`,
    ]
    for (const origin of origins) expect(await handshake(host, protocols, { origin }), origin).toBe(403)
    expect(await handshake(host, protocols, {}), 'none').toBe(403)
  })

  test('under a foreign Host, as a rebound name sends it', async ({ corral }) => {
    const { host, port, token } = link(corral)
    const protocols = ['corral', `corral.token.${token}`]
    for (const name of [`evil.example:${port}`, '127.0.0.1', `127.0.0.2:${port}`, `0.0.0.0:${port}`]) {
      expect(await handshake(host, protocols, { host: name, origin: `http://${name}` }), name).toBe(403)
    }
  })
})

test('the page is refused under a foreign Host', async ({ corral }) => {
  const { port } = link(corral)
  const answer = await get(port, '/', { host: `evil.example:${port}` })
  expect(answer).toMatchObject({ status: 403, body: '' })
})

test('no path leaves the page’s folder', async ({ corral }) => {
  const { port } = link(corral)
  const escapes = [
    '/../package.json',
    '/../../package.json',
    '/assets/../../electron/headless.cjs',
    '/%2e%2e/electron/headless.cjs',
    '/..%2felectron%2fheadless.cjs',
    '/..%5celectron%5cheadless.cjs',
    '/%252e%252e/electron/headless.cjs',
    '//etc/passwd',
    '/etc/passwd',
    '/.env',
    '/%00',
    '/built',
  ]
  for (const path of escapes) {
    const { status, body } = await get(port, path)
    expect(status, path).toBeGreaterThanOrEqual(400)
    expect(body, path).toBe('')
  }
})

test('nothing but reading is answered', async ({ corral }) => {
  const { port } = link(corral)
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS', 'PATCH']) {
    expect((await get(port, '/', {}, method)).status, method).toBe(405)
  }
})

test('no answer lets another site in', async ({ corral }) => {
  const { port, origin } = link(corral)
  const { headers } = await get(port, '/', { origin: 'http://evil.example' })
  expect(headers['access-control-allow-origin']).toBeUndefined()
  expect(headers['set-cookie']).toBeUndefined()
  expect(headers['content-security-policy']).toContain("default-src 'none'")
  expect(headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(headers['cross-origin-resource-policy']).toBe('same-origin')
  expect(origin).toContain('127.0.0.1')
})

test('it listens on loopback only', async ({ corral }) => {
  const { port } = link(corral)
  const { networkInterfaces } = await import('node:os')
  const outside = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter(({ internal, family }) => !internal && family === 'IPv4')
  for (const { address } of outside) {
    const socket = connect(port, address)
    const outcome = await Promise.race([
      once(socket, 'connect').then(() => 'open'),
      once(socket, 'error').then(() => 'refused'),
    ]).catch(() => 'refused')
    socket.destroy()
    expect(outcome, address).toBe('refused')
  }
})

test('the token is not kept in the address, and an old one is told so', async ({ corral, page }) => {
  expect(page.url()).not.toContain('token')
  const context = page.context()
  const stranger = await context.newPage()
  await stranger.goto(link(corral).origin)
  await expect(stranger.getByText('This link does not open Corral')).toBeVisible()
})
