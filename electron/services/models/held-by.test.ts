import { expect, test } from 'vitest'
import { heldBy } from './held-by'

const model = (name: string, weightsFile: string | null, contextLength: number | null = null) => ({
  name,
  sizeBytes: 6e9,
  vramBytes: 6e9,
  digest: name,
  expiresAtMs: null,
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
    { name: 'a', sizeBytes: 6e9, vramBytes: 6e9, expiresAtMs: null, contextLength: null, runnerPid: null, cards: [] },
  ])
})
