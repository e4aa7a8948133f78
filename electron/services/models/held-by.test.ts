import { expect, test } from 'vitest'
import { nastyWeights } from '../../../shared/ollama/nasty-paths.testing'
import { heldBy, withoutRunner } from './held-by'

const model = (name: string, weightsFile: string | null, contextLength: number | null = null) => ({
  name,
  sizeBytes: 6e9,
  vramBytes: 6e9,
  digest: name,
  expiresAtMs: null,
  staysForEver: true,
  contextLength,
  weightsFile,
})

const runners = [
  { pid: 10, command: 'ollama runner --model /models/blobs/sha256-aa --ctx-size 8192 --parallel 4 --port 1' },
  { pid: 20, command: '/lib/llama-server --model /models/blobs/sha256-bb --port 2 -c 4096 -np 1' },
]

test('a model is held by the runner of its weights, and lies on the cards that this process uses', () => {
  const memory = [
    { uuid: 'GPU-0', pid: 10, usedBytes: 1 },
    { uuid: 'GPU-1', pid: 10, usedBytes: 2 },
    { uuid: 'GPU-1', pid: 20, usedBytes: 3 },
    { uuid: 'GPU-2', pid: 20, usedBytes: null }, // Windows does not tell it
  ]
  const [small, big] = heldBy([model('small', 'sha256-aa'), model('big', 'sha256-bb')], runners, memory)
  expect(small).toMatchObject({
    runnerPid: 10,
    cards: [
      { uuid: 'GPU-0', usedBytes: 1 },
      { uuid: 'GPU-1', usedBytes: 2 },
    ],
  })
  expect(big).toMatchObject({ runnerPid: 20, cards: [{ uuid: 'GPU-1', usedBytes: 3 }] })
})

test('the context of a request is told by the server, else by its runner', () => {
  const [told, seen] = heldBy([model('a', 'sha256-aa', 512), model('b', 'sha256-aa')], runners, [])
  expect([told?.contextLength, seen?.contextLength]).toEqual([512, 2048])
})

test.each([['sha256-cc'], [null]])('with weights in %s no runner is known, and nothing is made up', (weightsFile) => {
  expect(heldBy([model('a', weightsFile)], runners, [{ uuid: 'GPU-0', pid: 10, usedBytes: 1 }])).toEqual([
    { name: 'a', sizeBytes: 6e9, vramBytes: 6e9, contextLength: null, runnerPid: null, cards: [] },
  ])
})

test.each(nastyWeights)('L6: a runner is known by its weights in $path', ({ path, file }) => {
  const runner = { pid: 30, command: `/lib/ollama runner --model ${path} --ctx-size 8192 --parallel 4` }
  expect(heldBy([model('a', file)], [runner], [])).toMatchObject([{ runnerPid: 30, contextLength: 2048 }])
})

test('L7: a server without cards holds nothing on any, whatever it counts as graphics memory', () => {
  const told = { ...model('a', 'sha256-aa'), sizeBytes: 357_165_955, vramBytes: 101_974_016 }
  expect(heldBy([told], runners, [], false)).toMatchObject([{ sizeBytes: 357_165_955, vramBytes: 0 }])
  expect(heldBy([told], runners, [], null)).toMatchObject([{ vramBytes: 101_974_016 }])
})

test('L8: a model that no process holds is one without a runner, where all of them can be told apart', () => {
  const models = [model('a', 'sha256-aa'), model('b', 'sha256-dead'), model('unnamed', null)]
  expect(withoutRunner(models, runners.slice(0, 1))).toEqual(['b'])
  expect(withoutRunner(models, [])).toEqual(['a', 'b'])
  // One that says nothing of its weights may hold any of them.
  expect(withoutRunner(models, [...runners.slice(0, 1), { pid: 40, command: '' }])).toEqual([])
  expect(withoutRunner([model('a', 'sha256-aa')], runners.slice(0, 1))).toEqual([])
})
