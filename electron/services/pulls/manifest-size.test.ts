import { once } from 'node:events'
import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { parseModelName } from '../../../shared/ollama/model-name'
import { manifestSize } from './manifest-size'

let registry: Server | null = null
afterEach(async () => {
  registry?.closeAllConnections()
  registry?.close()
  if (registry) await once(registry, 'close')
  registry = null
})

async function sizeFrom(listener: RequestListener) {
  registry = createServer(listener).listen(0, '127.0.0.1')
  await once(registry, 'listening')
  const name = parseModelName(`127.0.0.1:${(registry.address() as AddressInfo).port}/library/tiny:q4`)
  if ('problem' in name) throw new Error(name.problem)
  return manifestSize(name, AbortSignal.timeout(5000))
}

const manifest = { schemaVersion: 2, config: { size: 300 }, layers: [{ size: 1_344_992 }, { size: 68 }] }

test('a model weighs its layers and its configuration', async () => {
  let asked = ''
  const size = await sizeFrom((request, response) => {
    asked = request.url ?? ''
    response.end(JSON.stringify(manifest))
  })
  expect(size).toBe(1_345_360)
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
])('%s leaves the size unknown', async (_, listener) => expect(await sizeFrom(listener)).toBeNull())

function endless(response: Parameters<RequestListener>[1]) {
  const block = Buffer.alloc(65_536, 32)
  const more = () => {
    while (!response.destroyed && response.write(block));
  }
  response.on('drain', more)
  more()
}
