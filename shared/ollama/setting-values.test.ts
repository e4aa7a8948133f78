import { expect, test } from 'vitest'
import {
  clientUrl,
  environmentOf,
  findProblems,
  isHost,
  listenAddress,
  validateSetting,
  variableProblems,
} from './setting-values'
import { isKnownTo, settingById, settings } from './settings'

const setting = (id: string) => {
  const found = settingById(id)
  if (!found) throw new Error(`no setting ${id}`)
  return found
}

test.each([
  ['parallel', '4', null],
  ['parallel', '0', 'range'],
  ['parallel', '-1', 'count'],
  ['parallel', 'abc', 'count'],
  ['parallel', '4.5', 'count'],
  ['keepAlive', '10m', null],
  ['keepAlive', '1h30m', null],
  ['keepAlive', '300', null],
  ['keepAlive', '-1', null],
  ['keepAlive', '10 minutes', 'duration'],
  ['keepAlive', '', 'duration'],
  ['flashAttention', '1', null],
  ['flashAttention', 'yes', 'switch'],
  ['keyValueType', 'q8_0', null],
  ['keyValueType', 'q5_0', 'choice'],
  ['gpuOverhead', '1073741824', null],
  ['gpuOverhead', '1GB', 'bytes'],
  ['modelsFolder', '/srv/ollama/models', null],
  ['modelsFolder', 'D:\\models', null],
  ['modelsFolder', 'models', 'folder'],
  ['origins', 'https://chat.example,app://*', null],
  ['origins', 'http://*.example,moz-extension://abc,*', null],
  ['origins', 'chat.example', 'text'],
  ['origins', 'myapp://chat', 'text'],
  ['origins', 'https://*.example.*', 'text'],
  ['visibleGpus', '0,1', null],
  ['visibleGpus', '0, 1', 'text'],
  ['proxy', 'http://proxy:3128', null],
  ['proxy', 'proxy:3128', 'text'],
])('%s = %s: %s', (id, text, problem) => expect(validateSetting(setting(id), text)).toBe(problem))

test.each([
  ['127.0.0.1', true],
  ['0.0.0.0', true],
  ['::1', true],
  ['[::1]', true],
  ['box.local', true],
  ['http://127.0.0.1', false],
  ['127.0.0.1:11434', false],
  ['', false],
  ['a b', false],
  ['999.999.999.999', false],
  ['1.2.3.4.5', false],
  [':::::', false],
  ['[::::]', false],
])('%s is a host: %s', (text, expected) => expect(isHost(text)).toBe(expected))

test('settings become the variables that Ollama reads, in the order of the form', () => {
  const chosen = {
    host: '::1',
    port: 11500,
    values: { keepAlive: '10m', parallel: '4' },
    extra: [{ name: 'LLAMA_ARG_FIT_TARGET', value: '512' }],
  }
  expect(environmentOf(chosen)).toEqual([
    { name: 'OLLAMA_HOST', value: '[::1]:11500' },
    { name: 'OLLAMA_NUM_PARALLEL', value: '4' },
    { name: 'OLLAMA_KEEP_ALIVE', value: '10m' },
    { name: 'LLAMA_ARG_FIT_TARGET', value: '512' },
  ])
})

test('a server that listens on all addresses is reached on loopback', () => {
  expect(clientUrl({ host: '0.0.0.0', port: 11434 })).toBe('http://127.0.0.1:11434')
  expect(clientUrl({ host: '::', port: 1 })).toBe('http://[::1]:1')
  expect(listenAddress({ host: '127.0.0.1', port: 2 })).toBe('127.0.0.1:2')
})

test.each([0, -1, 65_536, 1.5])('%d is no port', (port) => {
  expect(findProblems({ host: '127.0.0.1', port, values: {}, extra: [] })).toEqual({ port: 'range' })
})

test('every row that is wrong is named', () => {
  expect(
    findProblems({
      host: 'a b',
      port: 70_000,
      values: { parallel: 'x', nonsense: '1' },
      extra: [
        { name: 'OLLAMA_HOST', value: '' },
        { name: '1X', value: '' },
        { name: 'GOOD_ONE', value: '' },
        { name: 'TWICE', value: 'a' },
        { name: 'TWICE', value: 'b' },
        { name: 'WITH_NUL', value: 'a\0b' },
        { name: 'TOO_LONG', value: 'x'.repeat(20_000) },
      ],
    }),
  ).toEqual({
    host: 'text',
    port: 'range',
    parallel: 'count',
    nonsense: 'unknown',
    'extra OLLAMA_HOST': 'text',
    'extra 1X': 'text',
    'extra TWICE': 'text',
    'extra WITH_NUL': 'text',
    'extra TOO_LONG': 'text',
  })
})

test.each([
  ['-3', 'count'],
  ['3.5', 'count'],
  ['1e3', 'count'],
  ['３', 'count'],
  ['٣', 'count'],
  ['0x10', 'count'],
  ['+4', 'count'],
  ['4 ', 'count'],
  ['99999999999', 'range'],
  ['0', 'range'],
])('F25: %s is no number of parallel requests', (text, problem) => {
  expect(validateSetting(setting('parallel'), text)).toBe(problem)
})

test('F33: each variable is told what is wrong with it, in its own row', () => {
  const variables: [string, string, string | null][] = [
    ['LLAMA_ARG_FIT', 'on', null],
    ['LD_PRELOAD', '/tmp/x.so', 'refused'],
    ['ld_preload', '/tmp/x.so', 'refused'],
    ['FOO BAR', '1', 'name'],
    [' FOO', '1', 'name'],
    ['FOO=BAR', '1', 'name'],
    ['1FOO', '1', 'name'],
    ['变量', '1', 'name'],
    ['OLLAMA_NUM_PARALLEL', '2', 'own'],
    ['OLLAMA_HOST', '2', 'own'],
    ['TWICE', 'a', null],
    ['TWICE', 'b', 'twice'],
    ['', 'value', 'unnamed'],
    ['', '', null],
    ['', '', null],
    ['NUL', 'a\0b', 'nul'],
    ['LONG', 'x'.repeat(20_000), 'long'],
  ]
  const extra = variables.map(([name, value]) => ({ name, value }))
  expect(variableProblems(extra)).toEqual(variables.map(([, , problem]) => problem))
  expect(Object.keys(findProblems({ host: '127.0.0.1', port: 1, values: {}, extra }))).not.toContain(
    'extra LLAMA_ARG_FIT',
  )
})

test('F33: a row that says nothing yet is no variable', () => {
  const chosen = { host: '127.0.0.1', port: 1, values: {}, extra: [{ name: '', value: '' }] }
  expect(findProblems(chosen)).toEqual({})
  expect(environmentOf(chosen)).toEqual([{ name: 'OLLAMA_HOST', value: '127.0.0.1:1' }])
})

test('a setting is known from the version that brought it', () => {
  expect(isKnownTo(setting('contextLength'), '0.5.12')).toBe(false)
  expect(isKnownTo(setting('contextLength'), '0.5.13')).toBe(true)
  expect(isKnownTo(setting('contextLength'), null)).toBe(true)
})

test('defaults follow the version', () => {
  expect(setting('parallel').defaultFor('0.5.12')).toBe('[auto]')
  expect(setting('parallel').defaultFor('0.32.15')).toBe('1')
})

test('no variable has two rows', () => {
  expect(new Set(settings.map(({ variable }) => variable)).size).toBe(settings.length)
})
