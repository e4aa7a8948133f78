import { expect, test } from 'vitest'
import type { LogLevel, LogLine } from '../../../shared/contract/server-log'
import { histogramOf } from './log-histogram'

const beginMs = Date.UTC(2026, 10, 22, 10)
const line = (number: number, seconds: number, level: LogLevel = 'info'): LogLine => ({
  number,
  atMs: beginMs + seconds * 1000,
  stream: 'stderr',
  level,
  text: '',
})
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)

test('lines are counted in steps of a round length up to now, each with the place where it begins', () => {
  const lines = [line(1, 3), line(2, 4, 'warn'), line(3, 61, 'error'), line(4, 62)]
  const histogram = histogramOf(lines, 10, beginMs + 150_000)
  expect(histogram).toMatchObject({ fromMs: beginMs, stepMs: 30_000 })
  expect(histogram?.steps.map(({ lineCount }) => lineCount)).toEqual([2, 0, 2, 0, 0, 0])
  expect(histogram?.steps.map(({ warningCount }) => warningCount)).toEqual([1, 0, 0, 0, 0, 0])
  expect(histogram?.steps.map(({ errorCount }) => errorCount)).toEqual([0, 0, 1, 0, 0, 0])
  expect(histogram?.steps.map(({ place }) => place)).toEqual([0, 2, 2, 4, 4, 4])
})

test.each([1, 7, 100, 400])('there are never more than %i steps, and no line is lost', (stepCount) => {
  for (const seconds of [0, 1, 59, 3600, 86_400 * 3, 86_400 * 900]) {
    const lines = [line(1, 0), line(2, seconds), line(3, seconds / 2)]
    const histogram = histogramOf(lines, stepCount, beginMs + seconds * 1000)
    expect(histogram?.steps.length).toBeLessThanOrEqual(stepCount)
    expect(sum(histogram?.steps.map(({ lineCount }) => lineCount) ?? [])).toBe(3)
  }
})

test('a log that has just begun is shown over a minute', () => {
  const histogram = histogramOf([line(1, 0)], 100, beginMs)
  expect(histogram).toMatchObject({ fromMs: beginMs - 60_000, stepMs: 1000 })
  expect(histogram?.steps.at(-1)?.lineCount).toBe(1)
})

test.each([-1e12, 1e12])('one line whose clock was %d ms off leaves the others their steps', (offMs) => {
  const lines = Array.from({ length: 100 }, (_, place) => line(place + 1, place * 9))
  const odd = { ...line(101, 0), atMs: beginMs + offMs }
  const histogram = histogramOf([...lines, odd], 2000, beginMs + 900_000)
  expect(sum(histogram?.steps.map(({ lineCount }) => lineCount) ?? [])).toBe(101)
  expect(histogram?.steps.at(-1)?.lineCount).toBeLessThan(101)
})

test('a clock that was set back loses no line, and an empty log has no histogram', () => {
  const histogram = histogramOf([line(1, 500), line(2, 100)], 50, beginMs + 200_000)
  expect(sum(histogram?.steps.map(({ lineCount }) => lineCount) ?? [])).toBe(2)
  expect(histogramOf([], 50, beginMs)).toBeNull()
})

test('F35: a filter that lets no line through leaves the picture of the log, empty', () => {
  const line = { number: 1, atMs: Date.UTC(2026, 10, 26), stream: 'stderr', level: 'info', text: 'x' } as const
  const nowMs = line.atMs + 5000
  const whole = histogramOf([line], 100, nowMs)
  const none = histogramOf([], 100, nowMs, [line])
  expect(none).toMatchObject({ fromMs: whole?.fromMs, stepMs: whole?.stepMs })
  expect(none?.steps.every(({ lineCount }) => lineCount === 0)).toBe(true)
})
