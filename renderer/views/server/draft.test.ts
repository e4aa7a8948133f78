import { expect, test } from 'vitest'
import { changedRows, withValue } from './draft'

const saved = { host: '127.0.0.1', port: 11434, values: { parallel: '4' }, extra: [] }

test('each changed row is counted once', () => {
  expect(changedRows(saved, saved)).toEqual([])
  const changed = {
    ...withValue(withValue(saved, 'parallel', '2'), 'keepAlive', '10m'),
    port: 11500,
    extra: [{ name: 'A', value: '1' }],
  }
  expect(changedRows(saved, changed)).toEqual(['port', 'parallel', 'keepAlive', 'extra'])
})

test('an emptied value is left to the default', () => {
  expect(withValue(saved, 'parallel', '')).toEqual({ ...saved, values: {} })
})
