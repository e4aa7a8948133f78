import { expect, test } from 'vitest'
import { ServerSettings } from './chosen-settings'
import { holdsVariable, withVariable } from './outside-values'

const form = ServerSettings.parse({})

test.each([
  ['OLLAMA_MODELS', '/big', { values: { modelsFolder: '/big' } }],
  ['OLLAMA_KEEP_ALIVE', '"10m"', { values: { keepAlive: '10m' } }],
  ['OLLAMA_FLASH_ATTENTION', 'true', { values: { flashAttention: '1' } }],
  ['OLLAMA_DEBUG', '2', { values: { debug: '1' } }],
  ['OLLAMA_NO_CLOUD', '1', { extra: [{ name: 'OLLAMA_NO_CLOUD', value: '1' }] }],
  ['OLLAMA_HOST', '0.0.0.0', { host: '0.0.0.0', port: 11434 }],
  ['OLLAMA_HOST', 'http://box:8080/', { host: 'box', port: 8080 }],
  ['OLLAMA_HOST', '[::1]:11500', { host: '::1', port: 11500 }],
  ['OLLAMA_HOST', ':11500', { host: '127.0.0.1', port: 11500 }],
  ['OLLAMA_HOST', 'https://box', { host: 'box', port: 443 }],
])('S1: %s=%s goes into its own row', (name, value, expected) => {
  const taken = withVariable(form, { name, value })
  expect(taken).toEqual({ ...form, ...expected })
  if (taken) expect(holdsVariable(taken, { name, value })).toBe(true)
  expect(holdsVariable(form, { name, value })).toBe(false)
})

test.each([
  ['OLLAMA_MAX_QUEUE', 'junk'],
  ['OLLAMA_NUM_PARALLEL', '0'],
  ['OLLAMA_KV_CACHE_TYPE', 'q9'],
])('S1: %s=%s is not taken, since Ollama could not read it or the form would refuse it', (name, value) => {
  expect(withVariable(form, { name, value })).toBeNull()
})
