import { expect, test } from 'vitest'
import { type ModelRow, parameterCount, shortParameters, sortModels } from './sort-models'

const row = (name: string, more: Partial<ModelRow> = {}): ModelRow => ({
  name,
  sizeBytes: 1e9,
  digest: name,
  parameterSize: null,
  quantization: null,
  family: null,
  contextLength: null,
  capabilities: [],
  modifiedAtMs: 0,
  held: null,
  isGone: false,
  doing: null,
  ...more,
})

const names = (rows: ModelRow[]) => rows.map(({ name }) => name)

test.each([
  ['70.6B', 70.6e9],
  ['494.03M', 494.03e6],
  ['8x7B', 56e9],
  ['137M', 137e6],
  ['', null],
  [null, null],
  ['large', null],
])('the parameters %s are %s', (text, count) => expect(parameterCount(text)).toBe(count))

test('names sort as people count: 8b before 32b', () => {
  const rows = [row('qwen3:32b'), row('qwen3:8b'), row('Gemma3:4b')]
  expect(names(sortModels(rows, { column: 'name', isDescending: false }))).toEqual([
    'Gemma3:4b',
    'qwen3:8b',
    'qwen3:32b',
  ])
})

test('a model of 494M is smaller than one of 3B', () => {
  const rows = [row('a', { parameterSize: '494.03M' }), row('b', { parameterSize: '3.2B' })]
  expect(names(sortModels(rows, { column: 'parameters', isDescending: true }))).toEqual(['b', 'a'])
})

test('what is unknown comes last in either order', () => {
  const rows = [row('a'), row('b', { contextLength: 2048 }), row('c', { contextLength: 8192 })]
  expect(names(sortModels(rows, { column: 'context', isDescending: true }))).toEqual(['c', 'b', 'a'])
  expect(names(sortModels(rows, { column: 'context', isDescending: false }))).toEqual(['b', 'c', 'a'])
})

test('equal values keep the order of their names', () => {
  const rows = [row('b'), row('c'), row('a')]
  expect(names(sortModels(rows, { column: 'size', isDescending: true }))).toEqual(['a', 'b', 'c'])
})

test.each([
  ['137.00M', '137M'],
  ['494.03M', '494.03M'],
  ['3.20B', '3.2B'],
  ['70B', '70B'],
  ['8x7B', '8x7B'],
])('parameters of %s are shown as %s', (text, shown) => expect(shortParameters(text)).toBe(shown))
