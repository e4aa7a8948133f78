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
    contextLength: null,
  }
  expect(loadedModelsIn({ models: [told] }, nowMs)).toEqual([old])
  expect(loadedModelsIn({ models: [{ ...told, context_length: 4096 }] }, nowMs)).toEqual([
    { ...old, contextLength: 4096 },
  ])
})

test('what is kept for ever has no end', () => {
  const [model] = loadedModelsIn({ models: [{ ...told, expires_at: '2318-11-22T00:00:00Z' }] }, nowMs)
  expect(model?.expiresAtMs).toBeNull()
})

test('nothing in memory is nothing', () => {
  for (const answer of [{ models: [] }, { models: null }, {}]) expect(loadedModelsIn(answer)).toEqual([])
})

test('an answer of something else says so', () => {
  expect(() => loadedModelsIn({ models: 'page' })).toThrow(expect.objectContaining({ code: 'ollamaFailed' }))
  expect(() => loadedModelsIn(null)).toThrow(expect.objectContaining({ code: 'ollamaFailed' }))
})
