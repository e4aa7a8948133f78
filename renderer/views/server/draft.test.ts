import { expect, test } from 'vitest'
import { changedLines, changedRows, withValue } from './draft'

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

test('what changes is told as in a diff, the old value above the new one', () => {
  expect(changedLines(saved, saved)).toEqual([])
  const changed = withValue(withValue({ ...saved, port: 11500 }, 'parallel', ''), 'keepAlive', '10m')
  expect(changedLines(saved, changed).map(({ change, text }) => `${change} ${text}`)).toEqual([
    'removed OLLAMA_HOST=127.0.0.1:11434',
    'added OLLAMA_HOST=127.0.0.1:11500',
    'removed OLLAMA_NUM_PARALLEL=4',
    'added OLLAMA_KEEP_ALIVE=10m',
  ])
})
