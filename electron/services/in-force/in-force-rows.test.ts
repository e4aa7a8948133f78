import { expect, test } from 'vitest'
import type { Evidence } from './evidence'
import { inForceRows } from './in-force-rows'

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
    home: '/home/me',
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

const held = (contextLength: number, context?: Evidence['loaded'][number]['context']) => ({
  loaded: [{ name: 'm', contextLength, ...(context ? { context } : {}) }],
})

test.each([
  // what the server would take by memory, trained, num_ctx, loaded with, why
  ['no more than it was trained for', 131_072, 0, 131_072, 'contextByTraining'],
  ['as it is by memory', 1_048_576, 0, 262_144, 'contextByMemory'],
  ['by its Modelfile', 131_072, 8192, 8192, 'contextByModel'],
  ['by its Modelfile, and no more than it was trained for', 4096, 8192, 4096, 'contextByTraining'],
  ['by its Modelfile, the same as by memory', 1_048_576, 262_144, 262_144, 'contextByMemory'],
  ['by a request', 131_072, 0, 4096, 'contextByRequest'],
  ['by a request, past its Modelfile', 131_072, 8192, 4096, 'contextByRequest'],
  ['where the server does not tell what it was trained for', null, 0, 4096, 'contextUntold'],
  ['where the server does not tell its parameters', 131_072, null, 4096, 'contextUntold'],
  ['by memory, where the server tells nothing of it', null, null, 262_144, 'contextByMemory'],
])('F9: the context of a loaded model is told with its true reason: %s', (_, trained, parameter, used, reason) => {
  const row = rowOf('OLLAMA_CONTEXT_LENGTH', { log: [byMemory], ...held(used, { trained, parameter }) })
  const told = { inForce: String(used), differs: false, reason, trainedContext: trained, standardContext: 262_144 }
  expect(row).toMatchObject({ asked: null, ...told })
})

test.each([
  ['0.32.15', 32_768, 'contextByTraining'],
  ['0.9.2', 32_768, 'contextByRequest'],
  ['0.9.2', 65_536, null],
])('F9: a context that was set and is more than %s lets the model have: %d', (version, used, reason) => {
  const values = { contextLength: '65536' }
  const row = rowOf('OLLAMA_CONTEXT_LENGTH', { version, values, ...held(used, { trained: 32_768, parameter: 0 }) })
  expect(row).toMatchObject({ asked: '65536', differs: false, reason, standardContext: 65_536 })
})

test('F9: what an old server gives without being asked is its default, and another is told with its reason', () => {
  const of = (context: number, parameter: number) =>
    rowOf('OLLAMA_CONTEXT_LENGTH', { version: '0.5.12', ...held(context, { trained: 8192, parameter }) })
  expect(rowOf('OLLAMA_CONTEXT_LENGTH', { version: '0.5.12' })).toMatchObject({ asked: null, inForce: null })
  expect(of(2048, 0)).toBeUndefined()
  const runner = (context: number) => ({
    version: '0.5.12',
    runners: [{ command: `ollama runner --model /m --ctx-size ${context * 4} --parallel 4`, model: 'm' }],
    loaded: [{ name: 'm', contextLength: null, context: { trained: 8192, parameter: 4096 } }],
  })
  expect(rowOf('OLLAMA_CONTEXT_LENGTH', runner(4096))).toMatchObject({ inForce: '4096', reason: 'contextByModel' })
  expect(rowOf('OLLAMA_CONTEXT_LENGTH', runner(1024))).toMatchObject({ inForce: '1024', reason: 'contextByRequest' })
})

test('F9: nothing is said of the context of a server whose settings are not known', () => {
  const row = rowOf('OLLAMA_CONTEXT_LENGTH', { applied: null, version: '0.8.0', ...held(2048) })
  expect(row).toMatchObject({ asked: null, inForce: '2048', reason: null })
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
  const row = { inForce: '4096', reason: 'contextUntold', evidence: 'ps', model: 'llama3.2:3b' }
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

const adopted = (environment: Record<string, string>, version = '0.33.0') => ({
  applied: null,
  version,
  environment,
})

test.each([
  ['OLLAMA_MAX_QUEUE', 'junk', '512', true],
  ['OLLAMA_MAX_QUEUE', '-1', '512', true],
  ['OLLAMA_MAX_QUEUE', '1e3', '512', true],
  ['OLLAMA_MAX_QUEUE', '99999999999999999999', '512', true],
  ['OLLAMA_MAX_QUEUE', '" 64 "', '512', true],
  ['OLLAMA_MAX_QUEUE', "'64'", '64', false],
  ['OLLAMA_NUM_PARALLEL', '3.5', '1', true],
  ['OLLAMA_CONTEXT_LENGTH', '4k', null, true],
  ['OLLAMA_GPU_OVERHEAD', '1GB', '0', true],
  ['OLLAMA_KEEP_ALIVE', 'soon', '5m', true],
  ['OLLAMA_KEEP_ALIVE', '90', '90', false],
  ['OLLAMA_KEEP_ALIVE', '-5m', '-1', false],
  ['OLLAMA_LOAD_TIMEOUT', '0', '-1', false],
  ['OLLAMA_SCHED_SPREAD', 'maybe', '1', false],
  ['OLLAMA_NOPRUNE', 'F', '0', false],
  ['OLLAMA_DEBUG', 'yes', '0', true],
  ['OLLAMA_DEBUG', '2', '2', false],
  ['OLLAMA_FLASH_ATTENTION', 'yes', '1', false],
])('L12: of %s=%s in the environment of another server, %s is in effect', (variable, text, inForce, isRefused) => {
  const row = rowOf(variable, adopted({ [variable]: text }))
  const told = { asked: text, inForce, differs: isRefused, reason: isRefused ? 'invalidValue' : null }
  expect(row).toMatchObject({ ...told, evidence: 'environment' })
})

test('L12: an old server turns its log on for any word', () => {
  expect(rowOf('OLLAMA_DEBUG', adopted({ OLLAMA_DEBUG: 'junk' }, '0.5.12'))).toMatchObject({ inForce: '1' })
})

test('L12: what a model or a card could refuse is not known of an older server before one is loaded', () => {
  const flash = adopted({ OLLAMA_FLASH_ATTENTION: '1', OLLAMA_KV_CACHE_TYPE: 'q8_0' }, '0.5.12')
  const notKnown = { inForce: null, differs: false, evidence: 'no-model' }
  expect(rowOf('OLLAMA_FLASH_ATTENTION', flash)).toMatchObject({ asked: '1', ...notKnown })
  expect(rowOf('OLLAMA_KV_CACHE_TYPE', flash)).toMatchObject({ asked: 'q8_0', ...notKnown })
})

test('L12: only the variable that the server names was unreadable', () => {
  const log = [
    line('msg="server config" env="map[OLLAMA_MAX_QUEUE:512 OLLAMA_MAX_LOADED_MODELS:7]"'),
    line('2026/11/30 07:40:04 config.go:263: WARN invalid environment variable, using default key=OLLAMA_X value=j'),
  ]
  const values = { queue: '64', loadedModels: '7' }
  expect(rowOf('OLLAMA_MAX_QUEUE', { log, values })).toMatchObject({ differs: true, reason: 'other' })
  const named = [
    ...log,
    line('WARN invalid environment variable, using default key=OLLAMA_MAX_QUEUE value=64 default=512'),
  ]
  expect(rowOf('OLLAMA_MAX_QUEUE', { log: named, values })).toMatchObject({ differs: true, reason: 'invalidValue' })
})

const ownOrigins = 'http://localhost https://localhost http://localhost:* app://* file://*'

test.each([
  ['http://example.com', `[http://example.com ${ownOrigins}]`, false],
  ['*', `[* ${ownOrigins}]`, false],
  ['https://a.example,app://*', `[https://a.example app://* ${ownOrigins}]`, false],
  ['https://a.example', `[https://a.example.org ${ownOrigins}]`, true],
  ['https://a.example', `[${ownOrigins}]`, true],
  ['https://a.example', '[https://a.example]', false],
])('L14: origins %s are in effect in %s, or not: %s', (asked, used, differs) => {
  const log = [line(`msg="server config" env="map[OLLAMA_NUM_PARALLEL:1 OLLAMA_ORIGINS:${used} OLLAMA_REMOTES:[x]]"`)]
  const row = rowOf('OLLAMA_ORIGINS', { log, values: { origins: asked } })
  expect(row).toMatchObject({ asked, differs, reason: differs ? 'other' : null })
})

const found = (library: string) => line(`level=INFO msg="inference compute" id=0 library=${library} total="24.0 GiB"`)
const refusedBy = (whom: string) => line(`level=WARN msg="flash attention enabled but not supported by ${whom}"`)
const onCards = { command: 'ollama runner --model /m --ctx-size 8192 --n-gpu-layers 33 --parallel 4', model: 'm' }
const onHost = { command: 'ollama runner --model /m --ctx-size 8192 --parallel 4', model: 'm' }

test.each([
  ['a machine without a card', 'cpu', 'gpu', onHost, 'flashNeedsCard'],
  ['a card that is too old', 'cuda', 'gpu', onCards, 'flashNotSupported'],
  ['a model that is kept off the card', 'cuda', 'gpu', onHost, 'flashNeedsCard'],
  ['a model that cannot', 'cuda', 'model', onCards, 'flashNotForModel'],
])('L17: flash attention that was refused is told with its reason: %s', (_, library, whom, runner, reason) => {
  const row = rowOf('OLLAMA_FLASH_ATTENTION', {
    version: '0.5.12',
    values: { flashAttention: '1' },
    log: [found(library), refusedBy(whom)],
    runners: [runner],
  })
  expect(row).toMatchObject({ asked: '1', inForce: '0', differs: true, reason })
})

test.each([
  ['HTTPS_PROXY', 'HTTPS_PROXY:http://127.0.0.1:9 https_proxy:', 'http://127.0.0.1:9'],
  ['HTTPS_PROXY', 'HTTPS_PROXY: https_proxy:http://127.0.0.1:9', 'http://127.0.0.1:9'],
  ['NO_PROXY', 'NO_PROXY: no_proxy:a.example', 'a.example'],
  ['CUDA_VISIBLE_DEVICES', 'CUDA_VISIBLE_DEVICES:1 HTTPS_PROXY:', '1'],
])('L23: what our server has from the environment of Corral is told so: %s', (variable, written, inForce) => {
  const log = [line(`msg="server config" env="map[${written}]"`)]
  expect(rowOf(variable, { log })).toMatchObject({ asked: null, inForce, differs: false, reason: 'inherited' })
})

test('L23: what was set by the form or by another variable is not called inherited', () => {
  const log = [line('msg="server config" env="map[HTTPS_PROXY:http://p:1 https_proxy:http://p:1]"')]
  expect(rowOf('HTTPS_PROXY', { log, values: { proxy: 'http://p:1' } })).toMatchObject({ reason: null })
  const applied = { host: '127.0.0.1', port: 11434, values: {}, extra: [{ name: 'https_proxy', value: 'http://p:1' }] }
  expect(rowOf('HTTPS_PROXY', { log, applied })).toMatchObject({ asked: 'http://p:1', reason: null, differs: false })
})

test('L24: the models folder in effect is the one that was set, whatever Go had to write for it', () => {
  const of = (folder: string, written: string) => {
    const env = `map[OLLAMA_MODELS:${written} OLLAMA_NOPRUNE:false]`
    return rowOf('OLLAMA_MODELS', { log: [line(`msg="server config" env="${env}"`)], values: { modelsFolder: folder } })
  }
  const same = { differs: false, reason: null, evidence: 'config-line' }
  expect(of('/srv/张\u3000庭 綱', '/srv/张\\u3000庭 綱')).toMatchObject(same)
  expect(of('/srv/a "b"/m', '/srv/a \\"b\\"/m')).toMatchObject({ ...same, inForce: '/srv/a "b"/m' })
  expect(of('~/models/', '/home/me/models')).toMatchObject(same)
  expect(of('/srv/models', '/srv/other')).toMatchObject({ differs: true, reason: 'other' })
  expect(of('/srv/models', '/srv/models OLLAMA_MP:x')).toMatchObject({ inForce: null, differs: false })
})

test('L16: where another server listens is told by its environment, and where it answers is seen', () => {
  const everywhere = adopted({ OLLAMA_HOST: '0.0.0.0:11434' })
  const told = { inForce: '0.0.0.0:11434', evidence: 'environment', differs: false }
  expect(rowOf('OLLAMA_HOST', everywhere)).toMatchObject(told)
  const seen = { inForce: '127.0.0.1:11434', evidence: 'socket' }
  expect(rowOf('OLLAMA_HOST', adopted({ OLLAMA_HOST: 'http://x:80/' }))).toMatchObject(seen)
  expect(rowOf('OLLAMA_HOST', adopted({}))).toMatchObject({ asked: null, ...seen })
})
