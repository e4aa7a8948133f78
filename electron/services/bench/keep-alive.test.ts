import { expect, test } from 'vitest'
import { keepAliveAfter } from './keep-alive'

const minutes = (count: number) => count * 60_000

test.each([
  ['not loaded before', null, '5m0s', 300],
  ['not loaded before, and nobody knows the setting', null, null, 300],
  ['not loaded before, and the setting is nonsense', null, 'junk', 300],
  ['not loaded before, the server unloads at once', null, '0', 0],
  ['not loaded before, seconds without a unit', null, '90', 90],
  ['not loaded before, the server keeps for ever', null, '-1', -1],
  ['not loaded before, for ever as Go prints it', null, '2562047h47m16.854775807s', -1],
  ['loaded as usual', { leftMs: minutes(3) }, '5m0s', 300],
  ['loaded for longer than usual', { leftMs: minutes(59) }, '5m0s', 3540],
  ['loaded for ever', { leftMs: null }, '5m0s', -1],
  ['in use, its time over', { leftMs: -40_000 }, '10m', 600],
])('a model is given back as the server would keep it: %s', (_, before, setting, seconds) => {
  expect(keepAliveAfter(before, setting)).toBe(seconds)
})
