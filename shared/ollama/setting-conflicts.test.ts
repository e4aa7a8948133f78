import { expect, test } from 'vitest'
import { ServerSettings } from './chosen-settings'
import { findConflicts } from './setting-conflicts'

const q8 = { keyValueType: 'q8_0' }
const off = { flashAttention: '0' }

test.each([
  // values, version, what comes of them
  [{ ...off, ...q8 }, '0.33.0', 'cacheWithoutFlash fatal'],
  [{ ...off, ...q8 }, '0.30.0', 'cacheWithoutFlash fatal'],
  [{ ...off, ...q8 }, null, 'cacheWithoutFlash fatal'],
  [{ ...off, keyValueType: 'q4_0' }, '0.33.0-rc2', 'cacheWithoutFlash fatal'],
  [{ ...off, keyValueType: 'f16' }, '0.33.0', ''],
  [off, '0.33.0', ''],
  [q8, '0.33.0', ''],
  [{ flashAttention: '1', ...q8 }, '0.33.0', ''],
  [{ ...off, ...q8 }, '0.29.1', 'cacheFallsBack'],
  [{ ...off, ...q8 }, '0.5.12', 'cacheFallsBack'],
  [q8, '0.5.12', 'cacheNeedsFlashOn'],
  [q8, '0.11.8', ''],
  [
    { visibleGpus: '-1', spread: '1', library: 'cuda_v12', gpuOverhead: '9' },
    '0.5.12',
    'noVisibleGpu noVisibleGpu noVisibleGpu',
  ],
  [{ visibleGpus: '-1', spread: '0', gpuOverhead: '0' }, '0.5.12', ''],
  [{ visibleGpus: '0', spread: '1' }, '0.33.0', 'spreadOverOne'],
  [{ visibleGpus: 'GPU-5a', spread: '1' }, '0.33.0', 'spreadOverOne'],
  [{ visibleGpus: '0,1', spread: '1' }, '0.33.0', ''],
  [{ proxy: 'http://p:1', noProxy: 'a.example,*' }, '0.33.0', 'proxyUnused'],
  [{ proxy: 'http://p:1', noProxy: '*.a.example' }, '0.33.0', ''],
  [{ noProxy: '*' }, '0.33.0', ''],
])('L2: what comes of %o in Ollama %s: %s', (values, version, expected) => {
  const found = findConflicts(ServerSettings.parse({ values }), version)
  expect(found.map(({ id, isFatal }) => `${id}${isFatal ? ' fatal' : ''}`).join(' ')).toBe(expected)
})

test('L2: the pair is told at both of its rows', () => {
  const [conflict] = findConflicts(ServerSettings.parse({ values: { ...off, ...q8 } }), '0.33.0')
  expect(conflict?.rows).toEqual(['flashAttention', 'keyValueType'])
})

test('L2: a type that llama-server has from another variable counts as well', () => {
  const extra = [{ name: 'LLAMA_ARG_CACHE_TYPE_V', value: 'q8_0' }]
  const of = (values: Record<string, string>, version = '0.33.0') =>
    findConflicts(ServerSettings.parse({ values, extra }), version).map(({ id }) => id)
  expect(of(off)).toEqual(['cacheWithoutFlash'])
  expect(of({ ...off, keyValueType: 'f16' })).toEqual([])
  expect(of(off, '0.24.0')).toEqual([])
})
