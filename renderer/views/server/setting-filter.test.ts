import { expect, test } from 'vitest'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { isShown } from './setting-filter'

const usual = { id: 'parallel', isAdvanced: false, words: 'OLLAMA_NUM_PARALLEL Parallel requests' }
const seldom = { id: 'debug', isAdvanced: true, words: 'OLLAMA_DEBUG Debug log' }
const all = { words: '', onlyChanged: false, isAdvanced: false }
const none = { values: {} } as ServerSettings

test.each([
  ['a usual row', usual, all, [], none, true],
  ['a row that is seldom needed', seldom, all, [], none, false],
  ['it when asked for', seldom, { ...all, isAdvanced: true }, [], none, true],
  ['it when it holds a value', seldom, all, [], { values: { debug: '1' } } as unknown as ServerSettings, true],
  ['it when its value was taken away and not saved', seldom, all, ['debug'], none, true],
  ['it when a word names it', seldom, { ...all, words: ' debug ' }, [], none, true],
  ['a row that no word names', usual, { ...all, words: 'debug' }, [], none, false],
  ['an unchanged row among the changed', usual, { ...all, onlyChanged: true }, ['debug'], none, false],
  ['a changed row among the changed', usual, { ...all, onlyChanged: true }, ['parallel'], none, true],
])('shown or not: %s', (_, row, filter, changed, settings, expected) => {
  expect(isShown(row, filter, new Set(changed), settings)).toBe(expected)
})
