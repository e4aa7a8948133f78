import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { isClientLimited } from '../../../shared/measure/verdicts'
import { ClientHealth } from './client-health'

async function during(blockMs: number) {
  const health = new ClientHealth()
  health.restart()
  for (let i = 0; i < 12; i++) {
    const end = performance.now() + blockMs
    while (performance.now() < end);
    await pause(50)
  }
  const read = health.read()
  health.stop()
  return read
}

test('a thread that is blocked now and then is seen, and is the limit', async () => {
  const read = await during(50)
  expect(read.loopDelayP99Ms).toBeGreaterThan(30)
  expect(isClientLimited(read)).toBe(true)
})

test('a thread at rest has a utilization near nothing', async () => {
  expect((await during(0)).eventLoopUtilization).toBeLessThan(0.3)
})
