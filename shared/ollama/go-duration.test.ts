import { expect, test } from 'vitest'
import { goDurationMs, settingDurationMs } from './go-duration'

test.each([
  ['3.600003837s', 3600.003837],
  ['2.063536ms', 2.063536],
  ['18.2µs', 0.0182],
  ['18us', 0.018],
  ['5ns', 0.000005],
  ['1m2.5s', 62_500],
  ['10m0s', 600_000],
  ['1h30m', 5_400_000],
  ['-1s', -1000],
  ['', null],
  ['90', null],
  ['ten minutes', null],
  ['5m later', null],
])("Go's %s is %s ms", (text, durationMs) => {
  const read = goDurationMs(text)
  if (durationMs === null) expect(read).toBeNull()
  else expect(read).toBeCloseTo(durationMs, 9)
})

test.each([
  ['10m', 600_000],
  ['10m0s', 600_000],
  ['600', 600_000],
  ['0', 0],
  ['-1', -1],
  ['-5m', -1],
  ['2562047h47m16.854775807s', -1],
  ['-', null],
  ['1.5', null],
  ['forever', null],
])('a setting of %s means %s ms', (text, durationMs) => expect(settingDurationMs(text)).toBe(durationMs))

test.each([
  ['+5m', 300_000],
  ['.5h', 1_800_000],
  ['1.h', 3_600_000],
  ['2μs', 0.002],
  ['99999999h', null],
])("Go's %s is %s ms, as seldom as it is written", (text, durationMs) => expect(goDurationMs(text)).toBe(durationMs))

test('a setting of nothing at all, with a sign, is nothing', () => expect(settingDurationMs('-0')).toBe(0))
