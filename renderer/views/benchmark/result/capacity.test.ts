import { expect, test } from 'vitest'
import type { BenchRun } from '../../../../shared/contract/bench'
import { capacityOf } from './capacity'

function run(rates: Record<number, number>, slots: string | null = null, codes: string[] = []) {
  const curve = Object.entries(rates).map(([streams, value]) => ({
    concurrency: Number(streams),
    outputTokensPerSecond: { value },
  }))
  const machine = slots === null ? null : { settings: [{ variable: 'OLLAMA_NUM_PARALLEL', value: slots }] }
  return { curve, machine, verdicts: codes.map((code) => ({ code })) } as unknown as BenchRun
}

test('where the server has fewer slots than streams helped, its slots are the answer', () => {
  expect(capacityOf(run({ 1: 50, 2: 90, 4: 160, 8: 170 }, '4'))).toEqual({ people: 4, limit: 'slots' })
})

test('a server that answers one at a time serves one, known slots or not', () => {
  expect(capacityOf(run({ 1: 50, 2: 50, 4: 51 }, '1'))).toEqual({ people: 1, limit: 'slots' })
  expect(capacityOf(run({ 1: 50, 2: 50, 4: 51 }, null, ['serialized']))).toEqual({ people: 1, limit: 'slots' })
})

test('with slots enough the knee is the answer, and the last step where there was none', () => {
  expect(capacityOf(run({ 1: 50, 2: 90, 4: 91, 8: 90 }, '16'))).toEqual({ people: 2, limit: 'knee' })
  expect(capacityOf(run({ 1: 50, 2: 90, 4: 170 }, '16'))).toEqual({ people: 4, limit: 'more' })
  expect(capacityOf(run({ 1: 50, 2: 90, 4: 170 }))).toEqual({ people: 4, limit: 'more' })
})

test('one step compares with nothing', () => {
  expect(capacityOf(run({ 1: 50 }, '4'))).toBeNull()
})
