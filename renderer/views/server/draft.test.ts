import { expect, test } from 'vitest'
import { changedLines, changedRows, useDraft, withoutEmptyRows, withValue } from './draft'

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

test('F33: a variable that was begun and says nothing is no change, and is not saved', () => {
  const begun = { ...saved, extra: [{ name: '', value: '' }] }
  expect(changedRows(saved, begun)).toEqual([])
  expect(withoutEmptyRows(begun)).toEqual(saved)
  expect(changedRows(saved, { ...saved, extra: [{ name: 'A', value: '' }] })).toEqual(['extra'])
})

test.each([
  ['11500', 11_500, null],
  ['-3', 0, '-3'],
  ['3.5', 0, '3.5'],
  ['1e3', 0, '1e3'],
  ['１１５００', 0, '１１５００'],
  ['', 0, ''],
  ['99999', 99_999, null],
])('F25: a port keeps what was typed: %s', (text, port, typed) => {
  const { typePort, discard } = useDraft.getState()
  typePort(text, saved)
  expect(useDraft.getState()).toMatchObject({ draft: { port }, typedPort: typed })
  discard()
  expect(useDraft.getState()).toMatchObject({ draft: null, typedPort: null })
})
