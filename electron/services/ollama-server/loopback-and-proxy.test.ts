import { afterEach, expect, test, vi } from 'vitest'
import { askJson } from '../../wire/ask'
import { TestServers } from '../../wire/test-server.testing'
import { probe } from './probe'

const servers = TestServers.forEachTest()
afterEach(() => {
  vi.unstubAllEnvs()
})

const dead = 'http://127.0.0.1:1'
const variables = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy']

test('N1: the server of this machine is asked directly, whatever proxy the variables name', async () => {
  for (const name of variables) vi.stubEnv(name, dead)
  vi.stubEnv('NODE_USE_ENV_PROXY', '1')
  const { baseUrl } = await servers.listen((_, response) => response.end('{"version":"0.33.0"}'))
  expect(await askJson({ sockets: servers.sockets(), baseUrl, path: '/api/version' })).toEqual({ version: '0.33.0' })
  expect(await askJson({ baseUrl, path: '/api/version' })).toEqual({ version: '0.33.0' })
  expect(await probe(baseUrl, 5000)).toMatchObject({ kind: 'ollama', version: '0.33.0' })
})
