import { expect, test } from 'vitest'
import type { InstalledModel } from '../../../shared/contract/models'
import { parameterCount, sortModels } from './sort'

const model = (name: string, parameterSize: string | null): InstalledModel => ({
  name,
  parameterSize,
  sizeBytes: name.length,
  digest: '',
  quantization: null,
  family: null,
  contextLength: null,
  capabilities: [],
  modifiedAtMs: 0,
})

test.each([
  ['70.6B', 70.6e9],
  ['494.03M', 494.03e6],
  ['820K', 820e3],
  [null, 0],
  ['many', 0],
])('%s is %s parameters', (text, count) => expect(parameterCount(text)).toBeCloseTo(count))

test('models sort by what a column means, not by its letters', () => {
  const list = [model('b', '8B'), model('a', '70B'), model('c', '494M')]
  expect(sortModels(list, { key: 'parameters', isDescending: true }).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  expect(sortModels(list, { key: 'name', isDescending: false }).map(({ name }) => name)).toEqual(['a', 'b', 'c'])
})
