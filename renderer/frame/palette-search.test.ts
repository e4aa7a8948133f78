import { expect, test } from 'vitest'
import { searchPalette } from './palette-search'

const setting = (label: string, description: string, ...keywords: string[]) => ({
  id: `${label} ${description}`,
  label,
  description,
  keywords,
})

const entries = [
  { group: 'Screens', actions: [setting('GPUs', ''), setting('Server', '')] },
  {
    group: 'Models',
    actions: [setting('llama3.2:1b', ''), setting('qwen3:8b', '')],
  },
  {
    group: 'Settings',
    actions: [
      setting('Parallel requests', 'OLLAMA_NUM_PARALLEL'),
      setting('Visible GPUs', 'CUDA_VISIBLE_DEVICES'),
      setting('GPU library', 'OLLAMA_LLM_LIBRARY'),
      setting('KV 缓存类型', 'OLLAMA_KV_CACHE_TYPE', 'KV cache type'),
      setting('Flash attention', 'OLLAMA_FLASH_ATTENTION'),
    ],
  },
]

const found = (query: string) =>
  searchPalette(query, entries).flatMap((entry) => ('actions' in entry ? entry.actions.map(({ label }) => label) : []))

test.each([
  ['gpu', ['GPUs', 'GPU library', 'Visible GPUs']],
  ['parallel', ['Parallel requests']],
  ['OLLAMA_NUM_PARALLEL', ['Parallel requests']],
  ['num par', ['Parallel requests']],
  ['requests parallel', ['Parallel requests']],
  ['cache type', ['KV 缓存类型']],
  ['缓存', ['KV 缓存类型']],
  ['llama3.2', ['llama3.2:1b']],
  ['paralel', ['Parallel requests']],
  ['flashatn', ['Flash attention']],
  ['xyz', []],
])('%s finds what is meant', (query, labels) => {
  expect(found(query)).toEqual(labels)
})

test('a guess is made only where nothing holds the words', () => {
  expect(found('vis')).toEqual(['Visible GPUs'])
})

test('nothing typed shows everything in its order', () => {
  expect(found('')).toHaveLength(9)
  expect(found('')[0]).toBe('GPUs')
})
