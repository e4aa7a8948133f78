import { expect, test } from 'vitest'
import type { BenchRun } from '../../../../shared/contract/bench'
import { latencyUnit } from './latency-unit'

const run = (...slowestMs: (number | null)[]) =>
  ({
    stages: slowestMs.map((max) => ({ perStream: { ttftMs: max === null ? null : { max } } })),
  }) as unknown as BenchRun

test.each([
  ['a fast server', run(44, 1490), { unit: 'ms', divisor: 1 }],
  ['one step that queues for long', run(44, 19_000), { unit: 's', divisor: 1000 }],
  ['nothing measured', run(null), { unit: 'ms', divisor: 1 }],
])('%s has one unit for all its steps', (_, measured, unit) => expect(latencyUnit(measured)).toEqual(unit))
