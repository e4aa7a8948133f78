import { expect, test } from 'vitest'
import { loadedModelsIn } from './loaded-models'

const nowMs = Date.UTC(2026, 10, 22)
const told = { name: 'qwen3:8b', size: 6e9, size_vram: 5e9, digest: 'a1', expires_at: '2026-11-22T00:05:00Z' }

test('a model in memory is told by both versions; only the new one tells its context', () => {
  const old = {
    name: 'qwen3:8b',
    sizeBytes: 6e9,
    vramBytes: 5e9,
    digest: 'a1',
    expiresAtMs: nowMs + 300_000,
    staysForEver: false,
    contextLength: null,
  }
  expect(loadedModelsIn({ models: [told] }, nowMs)).toEqual([old])
  expect(loadedModelsIn({ models: [{ ...told, context_length: 4096 }] }, nowMs)).toEqual([
    { ...old, contextLength: 4096 },
  ])
})

test('what is kept for ever has no end', () => {
  const [model] = loadedModelsIn({ models: [{ ...told, expires_at: '2318-11-22T00:00:00Z' }] }, nowMs)
  expect(model).toMatchObject({ expiresAtMs: null, staysForEver: true })
})

test('nothing in memory is nothing', () => {
  for (const answer of [{ models: [] }, { models: null }, {}]) expect(loadedModelsIn(answer)).toEqual([])
})

test('an answer of something else says so', () => {
  expect(() => loadedModelsIn({ models: 'page' })).toThrow(expect.objectContaining({ code: 'ollamaFailed' }))
  expect(() => loadedModelsIn(null)).toThrow(expect.objectContaining({ code: 'ollamaFailed' }))
})

const oddEntries: [object, object][] = [
  [
    { name: 'm', expires_at: null },
    { expiresAtMs: null, staysForEver: false },
  ],
  [
    { name: 'm', expires_at: '' },
    { expiresAtMs: null, staysForEver: false },
  ],
  [
    { name: 'm', size: '', size_vram: null },
    { sizeBytes: null, vramBytes: null },
  ],
  [
    { name: 'm', size: '12', context_length: '4096' },
    { sizeBytes: 12, contextLength: 4096 },
  ],
  [
    { model: 'm', digest: null },
    { name: 'm', digest: '' },
  ],
]
test.each(oddEntries)('M1: the entry %j takes no other along', (entry, expected) => {
  const odd: string[] = []
  const models = loadedModelsIn({ models: [entry, null, told] }, nowMs, (line) => odd.push(line))
  expect(models).toHaveLength(2)
  expect(models[0]).toMatchObject(expected)
  expect(models[1]).toMatchObject({ name: 'qwen3:8b', sizeBytes: 6e9 })
  expect(odd).toContain('/api/ps: entry 2 has no name and was left out')
})
