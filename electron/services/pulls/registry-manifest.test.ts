import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { parseModelName } from '../../../shared/ollama/model-name'
import { OutwardSockets } from '../../wire/outward-sockets'
import { TestServers } from '../../wire/test-server.testing'
import { readManifest } from './registry-manifest'

const servers = TestServers.forEachTest()

async function manifestFrom(listener: RequestListener) {
  const { port } = await servers.listen(listener)
  const name = parseModelName(`127.0.0.1:${port}/library/tiny:q4`)
  if ('problem' in name) throw new Error(name.problem)
  return readManifest(() => servers.sockets(), name, AbortSignal.timeout(5000))
}

const manifest = {
  schemaVersion: 2,
  config: { size: 300, digest: 'sha256:c' },
  layers: [{ size: 1_344_992, digest: 'sha256:a' }, { size: 68 }],
}

test('a model weighs its layers and its configuration, and names them', async () => {
  let asked = ''
  const read = await manifestFrom((request, response) => {
    asked = request.url ?? ''
    response.end(JSON.stringify(manifest))
  })
  expect(read).toEqual({ sizeBytes: 1_345_360, digests: ['sha256:a', 'sha256:c'] })
  expect(asked).toBe('/v2/library/tiny/manifests/q4')
})

test.each<[string, RequestListener]>([
  ['an unknown model', (_, response) => response.writeHead(404).end('{"errors":[]}')],
  ['a registry that wants an account', (_, response) => response.writeHead(401).end()],
  ['a page in the place of a manifest', (_, response) => response.end('<html>')],
  ['a manifest of another kind', (_, response) => response.end('{"manifests":[]}')],
  ['a way to another place', (_, response) => response.writeHead(307, { Location: 'http://127.0.0.1:1/' }).end()],
  ['a cut connection', (request) => request.socket.destroy()],
  ['a body without end', (_, response) => void endless(response)],
])('%s leaves the manifest unknown', async (_, listener) => expect(await manifestFrom(listener)).toBeNull())

function endless(response: Parameters<RequestListener>[1]) {
  const block = Buffer.alloc(65_536, 32)
  const more = () => {
    while (!response.destroyed && response.write(block));
  }
  response.on('drain', more)
  more()
}

test('P3: counts a digest that a manifest lists twice once', async () => {
  const read = await manifestFrom((_, response) =>
    response.end(
      '{"config":{"digest":"sha256:c","size":10},"layers":[{"digest":"sha256:a","size":100},{"digest":"sha256:b","size":10},{"digest":"sha256:b","size":10}]}',
    ),
  )
  expect(read).toEqual({ sizeBytes: 120, digests: ['sha256:a', 'sha256:b', 'sha256:c'] })
})

const dead = 'http://127.0.0.1:1'

test("N1: the size of a pull is asked through the server's proxy", async () => {
  const tunnels: string[] = []
  const proxy = await servers.listen((_, response) => response.end())
  proxy.server.on('connect', (request, client) => {
    tunnels.push(request.url ?? '')
    client.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  const outward = new OutwardSockets(() => ({ HTTPS_PROXY: proxy.baseUrl }))
  const name = parseModelName('hf.co/o/r:Q4_K_M')
  if ('problem' in name) throw new Error(name.problem)
  try {
    expect(await readManifest((address) => outward.to(address), name, AbortSignal.timeout(5000))).toBeNull()
    expect(tunnels).toEqual(['hf.co:443'])
  } finally {
    await outward.close()
  }
})

test("N1: a registry on this machine is asked directly, whatever a server's variables say", async () => {
  const { port } = await servers.listen((_, response) => response.end(JSON.stringify(manifest)))
  const name = parseModelName(`localhost:${port}/library/tiny:q4`)
  if ('problem' in name) throw new Error(name.problem)
  const outward = new OutwardSockets(() => ({ HTTP_PROXY: dead, HTTPS_PROXY: dead }))
  try {
    expect(await readManifest((address) => outward.to(address), name, AbortSignal.timeout(5000))).not.toBeNull()
  } finally {
    await outward.close()
  }
})
