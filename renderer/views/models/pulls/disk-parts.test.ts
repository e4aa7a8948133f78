import { expect, test } from 'vitest'
import { ownModel } from '../../../../shared/backends/own'
import type { Machine } from '../../../../shared/contract/machine'
import type { Pull } from '../../../../shared/contract/pulls'
import { diskParts } from './disk-parts'

const machine = (diskTotalBytes: number | null, diskFreeBytes: number | null): Machine => ({
  name: 'box',
  system: 'Linux',
  processor: '',
  coreCount: 8,
  memoryTotalBytes: 1,
  memoryFreeBytes: 1,
  modelsFolder: '/srv/models',
  diskTotalBytes,
  diskFreeBytes,
  readAtMs: 0,
})

const pull = (state: Pull['state'], completedBytes: number, totalBytes: number | null): Pull => ({
  model: ownModel('a:b'),
  state,
  completedBytes,
  totalBytes,
  isTotalFinal: true,
  bytesPerSecond: null,
  remainingMs: null,
  failure: null,
  keptBytes: null,
  trouble: null,
  addedAtMs: 0,
  finishedAtMs: null,
})

test('a disk is models, other things, and what is free', () => {
  expect(diskParts(machine(480, 96), 252, [])).toMatchObject({ modelBytes: 252, otherBytes: 132, freeBytes: 96 })
})

test('what the queue still brings is counted, finished pulls and unknown sizes are not', () => {
  const pulls = [pull('running', 8, 20), pull('stopped', 12, 19), pull('waiting', 0, null), pull('done', 5, 5)]
  expect(diskParts(machine(480, 96), 252, pulls)).toMatchObject({ comingBytes: 19, missingBytes: 0 })
})

test('a queue that is larger than what is free says by how much', () => {
  expect(diskParts(machine(480, 10), 252, [pull('running', 0, 40)])).toMatchObject({ missingBytes: 30 })
})

test('models that cannot all lie on this disk are not told apart', () => {
  expect(diskParts(machine(480, 400), 252, [])).toMatchObject({ modelBytes: null, otherBytes: 80 })
})

test('a disk that cannot be read has no parts', () => expect(diskParts(machine(null, null), 1, [])).toBeNull())
