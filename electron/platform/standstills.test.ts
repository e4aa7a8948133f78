import { expect, test, vi } from 'vitest'
import { Standstills } from './standstills'

/** Clocks that a test moves; the timer is looked at by hand. */
function clocks() {
  const now = { processMs: 1000, machineMs: 50_000 }
  const standstills = new Standstills({ processMs: () => now.processMs, machineMs: () => now.machineMs })
  const pass = (processMs: number, machineMs: number) => {
    now.processMs += processMs
    now.machineMs += machineMs
    standstills.look()
    return standstills.last.current
  }
  return { pass }
}

test.each([
  ['the machine slept, and the clock of the process with it', 1000, 121_000],
  ['the machine slept, where both clocks go on', 121_000, 121_000],
  ['Corral alone was stopped', 121_000, 121_000],
])('B2: %s', (_, processMs, machineMs) => {
  const { pass } = clocks()
  expect(pass(1000, 1000)).toBeNull()
  expect(pass(processMs, machineMs)).toEqual({ atMs: 2000 + processMs, durationMs: 120_000 })
  expect(pass(1000, 1000)?.durationMs).toBe(120_000)
})

test('B2: a timer that is a little late is no standstill, nor is a clock that somebody sets', () => {
  const { pass } = clocks()
  vi.useFakeTimers({ toFake: ['Date'] })
  try {
    vi.setSystemTime(Date.now() - 3_600_000)
    expect(pass(1000, 1000)).toBeNull()
    vi.setSystemTime(Date.now() + 7_200_000)
    expect(pass(1000, 1000)).toBeNull()
    expect(pass(4000, 5000)).toBeNull()
  } finally {
    vi.useRealTimers()
  }
})

test('B2: the clocks of this machine go on together', async () => {
  const standstills = new Standstills()
  standstills.open()
  await new Promise((resolve) => setTimeout(resolve, 1100))
  standstills.close()
  expect(standstills.last.current).toBeNull()
})
