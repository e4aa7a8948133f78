import { expect, test } from 'vitest'
import { formatCount, formatMeasure, formatPercent } from './numbers'
import { formatByteRate, formatMemory, formatSize } from './sizes'
import { formatDay, formatDuration, formatLatency, formatMoment } from './times'

test.each([
  [52.84, '52.8'],
  [0.937, '0.94'],
  [1280.4, '1,280'],
  [99.96, '100'],
  [9.997, '10.0'],
  [0, '0'],
  [null, '—'],
  [Number.NaN, '—'],
])('the measure %s reads %s', (value, text) => expect(formatMeasure(value)).toBe(text))

test.each([
  [42_520_000_000, '42.5 GB'],
  [5_234_000_000, '5.23 GB'],
  [274_000_000, '274 MB'],
  [null, '—'],
])('%s bytes are a file of %s', (sizeBytes, text) => expect(formatSize(sizeBytes)).toBe(text))

test('memory is in GiB, a rate in bytes a second', () => {
  expect(formatMemory(24_564 * 2 ** 20)).toBe('24.0 GiB')
  expect(formatByteRate(31_400_000)).toBe('31.4 MB/s')
  expect(formatCount(131_072)).toBe('131,072')
  expect(formatPercent(0.427)).toBe('43%')
})

test.each([
  [400, '0 s'],
  [59_000, '59 s'],
  [130_000, '2 min 10 s'],
  [120_000, '2 min'],
  [11_520_000, '3 h 12 min'],
  [187_200_000, '2 d 4 h'],
])('%s ms last %s', (durationMs, text) => expect(formatDuration(durationMs)).toBe(text))

test('durations are Chinese in Chinese', () => expect(formatDuration(130_000, 'zh-CN')).toBe('2 分 10 秒'))

test.each([
  [42.31, '42.3 ms'],
  [940, '940 ms'],
  [1812, '1.81 s'],
])('a latency of %s reads %s', (durationMs, text) => expect(formatLatency(durationMs)).toBe(text))

test('moments are short when they are near', () => {
  const nowMs = new Date(2026, 10, 25, 15, 0).getTime()
  expect(formatMoment(new Date(2026, 10, 25, 14, 2).getTime(), 'en', nowMs)).toBe('14:02')
  expect(formatMoment(new Date(2026, 10, 3, 9, 5).getTime(), 'en', nowMs)).toBe('3 Nov 09:05')
  expect(formatDay(new Date(2026, 10, 3).getTime(), 'zh-CN', nowMs)).toBe('11 月 3 日')
  expect(formatDay(new Date(2025, 1, 3).getTime(), 'en', nowMs)).toBe('2025-02-03')
})

test.each([
  [14 * 2 ** 20, '14 MiB'],
  [1, '1 MiB'],
  [0, '0 GiB'],
  [60 * 2 ** 20, '60 MiB'],
  [100 * 2 ** 20, '0.1 GiB'],
  [null, '—'],
])('L25: %s bytes of memory are never nothing: %s', (sizeBytes, memory) => {
  expect(formatMemory(sizeBytes)).toBe(memory)
})
