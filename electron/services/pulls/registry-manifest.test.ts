import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { parseModelName } from '../../../shared/ollama/model-name'
import { TestServers } from '../../wire/test-server.testing'
import { readManifest } from './registry-manifest'

const servers = TestServers.forEachTest()

async function manifestFrom(listener: RequestListener) {
  const { port } = await servers.listen(listener)
  const name = parseModelName(`127.0.0.1:${port}/library/tiny:q4`)
  if ('problem' in name) throw new Error(name.problem)
  return readManifest(servers.sockets(), name, AbortSignal.timeout(5000))
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
