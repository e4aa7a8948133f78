import { expect, test } from 'vitest'
import { type Evidence, inForceRows } from './in-force-rows'

const line = (said: string) => ({
  number: 1,
  atMs: 1000,
  stream: 'stderr' as const,
  level: 'info' as const,
  text: said.startsWith('msg="server config"')
    ? `time=2026-11-22T22:49:26.784Z level=INFO source=routes.go:1951 ${said}`
    : said,
})

function rowOf(variable: string, { values = {}, ...seen }: Partial<Evidence> & { values?: Record<string, string> }) {
  const rows = inForceRows({
    version: '0.32.15',
    applied: { host: '127.0.0.1', port: 11434, values, extra: [] },
    log: [],
    runners: [],
    loaded: [],
    environment: null,
    address: { host: '127.0.0.1', port: 11434 },
    ...seen,
  })
  return rows.find((row) => row.variable === variable)
}

const byMemory = line('msg="vram-based default context" total_vram="96.0 GiB" default_num_ctx=262144')

test('a context that was set is not told by the line about the default, nor by a model that is not there', () => {
  const config = line('msg="server config" env="map[OLLAMA_CONTEXT_LENGTH:8192 OLLAMA_DEBUG:INFO]"')
  const values = { contextLength: '8192' }
  const asAsked = { inForce: '8192', differs: false, reason: null, evidence: 'config-line' }
  expect(rowOf('OLLAMA_CONTEXT_LENGTH', { values, log: [config, byMemory] })).toMatchObject(asAsked)
  const notKnown = { inForce: null, differs: false, reason: null, evidence: 'no-model' }
  expect(rowOf('OLLAMA_CONTEXT_LENGTH', { values, log: [byMemory] })).toMatchObject(notKnown)
})

test('a context that was not set is the one by memory', () => {
  const row = { asked: null, inForce: '262144', evidence: 'log' }
  expect(rowOf('OLLAMA_CONTEXT_LENGTH', { log: [byMemory] })).toMatchObject(row)
})

test('a loaded model of another context than the server would choose by itself is told as such', () => {
  const of = (contextLength: number) =>
    rowOf('OLLAMA_CONTEXT_LENGTH', { log: [byMemory], loaded: [{ name: 'llama3.2:3b', contextLength }] })
  expect(of(4096)).toMatchObject({ asked: null, inForce: '4096', differs: false, reason: 'contextByRequest' })
  expect(of(262_144)).toMatchObject({ asked: null, inForce: '262144', reason: null })
})

test('what Corral itself sets for an unfinished pull is told with its reason, and what the user set is not', () => {
  const log = [line('msg="server config" env="map[OLLAMA_NOPRUNE:true OLLAMA_DEBUG:INFO]"')]
  const byCorral = { asked: null, inForce: 'true', differs: false, reason: 'keptForPull', evidence: 'config-line' }
  expect(rowOf('OLLAMA_NOPRUNE', { log })).toMatchObject(byCorral)
  expect(rowOf('OLLAMA_NOPRUNE', { log, values: { noPrune: '1' } })).toMatchObject({ asked: '1', reason: null })
  const isNot = [line('msg="server config" env="map[OLLAMA_NOPRUNE:false OLLAMA_DEBUG:INFO]"')]
  expect(rowOf('OLLAMA_NOPRUNE', { log: isNot })).toMatchObject({ inForce: 'false', reason: null })
})

test('a loaded model of another context is told as such', () => {
  const loaded = [{ name: 'llama3.2:3b', contextLength: 4096 }]
  const row = { inForce: '4096', reason: 'contextByRequest', evidence: 'ps', model: 'llama3.2:3b' }
  expect(rowOf('OLLAMA_CONTEXT_LENGTH', { values: { contextLength: '8192' }, loaded })).toMatchObject(row)
})

test('a limit of loaded models that is left to the server is three a card that it found', () => {
  const limit = (...texts: string[]) => rowOf('OLLAMA_MAX_LOADED_MODELS', { log: texts.map(line) })
  const config = 'msg="server config" env="map[OLLAMA_MAX_LOADED_MODELS:0 OLLAMA_DEBUG:INFO]"'
  const found = (library: string, id: number) => `msg="inference compute" id=${id} library=${library} total="24.0 GiB"`
  const chosen = { asked: null, differs: false, reason: null, evidence: 'log' }
  expect(limit(found('CUDA', 0), config, found('CUDA', 0), found('CUDA', 1))).toMatchObject({ ...chosen, inForce: '6' })
  expect(limit(config, found('cpu', 0))).toMatchObject({ ...chosen, inForce: '3' })
  expect(limit(config)).toBeUndefined()
  expect(limit(config, found('ROCm', 0))).toBeUndefined()
})

test('flash attention that is left to the server is not said to be off', () => {
  const config = line('msg="server config" env="map[OLLAMA_FLASH_ATTENTION:false]"')
  const notKnown = { asked: null, inForce: null, differs: false, evidence: 'no-model' }
  expect(rowOf('OLLAMA_FLASH_ATTENTION', { log: [config] })).toMatchObject(notKnown)
  const off = { inForce: 'false', differs: false, evidence: 'config-line' }
  expect(rowOf('OLLAMA_FLASH_ATTENTION', { log: [config], values: { flashAttention: '0' } })).toMatchObject(off)
  expect(rowOf('OLLAMA_FLASH_ATTENTION', { log: [config], version: '0.5.12' })).toMatchObject({ ...off, asked: null })
})

/** As 0.24.0 was seen to start its runner and to tell it the rest. */
const runner = { command: '/usr/local/bin/ollama runner --model /models/blobs/sha256-a5 --port 34441', model: 'tiny' }
const loadRequest = (flashAttention: string, cache: string, operation = 'commit') =>
  `time=2026-11-26T13:55:17.589Z level=INFO source=runner.go:895 msg=load request="{Operation:${operation} LoraPath:[] Parallel:2 BatchSize:512 FlashAttention:${flashAttention} KvSize:8192 KvCacheType:${cache} NumThreads:1 GPULayers:[] MultiUserCache:false ProjectorPath: MainGPU:0 UseMmap:false}"`

const startedBy024 = (variable: string, ...texts: string[]) =>
  rowOf(variable, {
    version: '0.24.0',
    values: { parallel: '2', flashAttention: '1', keyValueType: 'q8_0' },
    runners: [runner],
    log: texts.map(line),
  })

test.each([
  ['OLLAMA_NUM_PARALLEL', '2', false],
  ['OLLAMA_FLASH_ATTENTION', '1', false],
  ['OLLAMA_KV_CACHE_TYPE', 'q8_0', false],
])('a runner whose arguments do not tell is read from the log: %s is %s', (variable, inForce, differs) => {
  const row = startedBy024(variable, loadRequest('Disabled', '', 'fit'), loadRequest('Enabled', 'q8_0'))
  expect(row).toMatchObject({ inForce, differs, evidence: 'log', evidenceAtMs: 1000, model: 'tiny' })
})

test.each([
  ['false', '0'],
  ['true', '1'],
  ['Disabled', '0'],
  ['Auto', 'auto'],
])('flash attention that is written as %s is %s', (word, inForce) => {
  expect(startedBy024('OLLAMA_FLASH_ATTENTION', loadRequest(word, ''))).toMatchObject({ inForce })
})

test('a cache type that the server dropped differs', () => {
  const row = startedBy024('OLLAMA_KV_CACHE_TYPE', loadRequest('Disabled', ''))
  expect(row).toMatchObject({ asked: 'q8_0', inForce: 'f16', differs: true })
})

test('a runner that nothing is known of is said to be nothing', () => {
  expect(startedBy024('OLLAMA_FLASH_ATTENTION')).toMatchObject({ asked: '1', inForce: null, differs: false })
})
