import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { redact } from '../../platform/redact'
import { Watched } from '../../platform/watched'
import type { ServerAddress } from '../../wire/server-address'
import { Sockets } from '../../wire/sockets'
import { listBackends } from '../backends/backends'
import { Models } from './models'

const good = { name: 'good:1', size: 6e9, digest: 'a', details: {}, capabilities: ['completion'] }
const soon = () => new Date(Date.now() + 300_000).toISOString()
/** What the server answers to each path: a value, or the text that is sent as it is. */
let answers: Record<string, unknown>
let server: Server
let sockets: Sockets
let models: Models
let log: string[]
let watching: AbortController

beforeEach(async () => {
  answers = { '/api/tags': { models: [good] }, '/api/ps': { models: [] }, '/api/show': {} }
  server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  sockets = new Sockets()
  log = []
  const note = (message: string) => void log.push(message)
  models = new Models({
    backends: listBackends(new Watched<ServerAddress>({ baseUrl, version: null, isSimulated: false })),
    sockets,
    runners: async () => [],
    cardMemory: () => [],
    logger: { info: note, warn: note, error: note },
    redact,
  })
  watching = new AbortController()
})

afterEach(async () => {
  watching.abort()
  await models.close()
  await sockets.close()
  server.closeAllConnections()
  server.close()
  await once(server, 'close')
})

function open() {
  models.open()
  void (async () => {
    for await (const _ of models.state.watch(watching.signal));
  })()
  return models.state.until(({ state }) => state === 'ready' || state === 'failed', AbortSignal.timeout(15_000))
}

it('L11: what is loaded and what is installed are read past every odd entry, and the log says once what was odd', async () => {
  answers['/api/tags'] = { models: [{ name: 'b:1', details: null, size: '' }, { size: 5 }, good] }
  answers['/api/ps'] = {
    models: [{ name: 'b:1', expires_at: null }, {}, { name: 'good:1', size: 5, size_vram: 9, expires_at: soon() }],
  }
  const state = await open()
  expect(state.state).toBe('ready')
  expect(state.installed.map(({ name, sizeBytes }) => [name, sizeBytes])).toEqual([
    ['b:1', null],
    ['good:1', 6e9],
  ])
  expect(state.loaded).toMatchObject([
    { name: 'b:1', sizeBytes: null, stay: { kind: 'unknown' } },
    { name: 'good:1', stay: { kind: 'until' } },
  ])
  const { readAtMs } = state
  await models.state.until((later) => (later.readAtMs ?? 0) > (readAtMs ?? 0), AbortSignal.timeout(15_000))
  const odd = log.filter((line) => line.startsWith('odd answer'))
  expect(odd).toHaveLength(4)
  expect(new Set(odd).size).toBe(4)
})

it('L11: an answer of /api/show that is odd in everything is shown as far as it goes', async () => {
  answers['/api/show'] = { template: null, model_info: { 'general.parameter_count': '116829156672' }, license: 3 }
  expect(await models.show(ownModel('good:1'))).toMatchObject({ template: '', parameterCount: 116_829_156_672 })
})

it('an answer that is too large is told as that, and not as what Ollama said', async () => {
  answers['/api/show'] = JSON.stringify({ template: 'x'.repeat(65 * 2 ** 20) })
  await expect(models.show(ownModel('good:1'))).rejects.toMatchObject({ code: 'answerTooLarge' })
})
