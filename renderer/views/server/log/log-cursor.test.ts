import { beforeEach, expect, test } from 'vitest'
import { LogCursor, rowHeight } from './log-cursor'

const height = 400
let top: number
let cursor: LogCursor
beforeEach(() => {
  top = 0
  const scroller = {
    scrollTo: (to: ScrollToOptions) => {
      top = to.top ?? 0
    },
    scrollBy: (by: ScrollToOptions) => {
      top += by.top ?? 0
    },
  }
  cursor = new LogCursor(() => scroller as Pick<HTMLElement, 'scrollTo' | 'scrollBy'>)
})

const placeInTheMiddle = () => (top + height / 2) / rowHeight - 0.5
const scrolledTo = (scrollTop: number, lineCount: number) =>
  cursor.scrolled({ scrollTop, scrollHeight: lineCount * rowHeight, clientHeight: height })

test('the end is followed as the log grows', () => {
  cursor.laidOut(100, height)
  cursor.laidOut(150, height)
  expect(top).toBe(150 * rowHeight)
})

test('who scrolls up stays there; who follows again is at the end', () => {
  cursor.laidOut(100, height)
  scrolledTo(1600, 100)
  scrolledTo(1000, 100)
  expect(cursor.follows).toBe(false)
  top = 1000
  cursor.laidOut(150, height)
  expect(top).toBe(1000)
  cursor.follow(true)
  expect(top).toBe(150 * rowHeight)
})

test('a list that became shorter is no reader who scrolls up', () => {
  cursor.laidOut(1000, height)
  scrolledTo(1000 * rowHeight - height, 1000)
  scrolledTo(10 * rowHeight, 30)
  expect(cursor.follows).toBe(true)
})

test('a place that is gone to stands in the middle, is current, and ends the following', () => {
  cursor.laidOut(1000, height)
  cursor.go(500)
  expect(placeInTheMiddle()).toBe(500)
  expect(cursor.place).toBe(500)
  cursor.laidOut(1001, height)
  expect(placeInTheMiddle()).toBe(500)
})

test('a place of a list that is still to come is gone to as soon as the list is long enough', () => {
  cursor.laidOut(10, height)
  cursor.go(500)
  expect(cursor.place).toBe(500)
  cursor.laidOut(200, height)
  cursor.laidOut(600, height)
  expect(placeInTheMiddle()).toBe(500)
})

test('places of another level are forgotten, also one that was on its way', () => {
  cursor.laidOut(10, height)
  cursor.go(500)
  cursor.forgetPlaces()
  top = 7
  cursor.laidOut(600, height)
  expect(cursor.place).toBeNull()
  expect(top).toBe(7)
})

test.each([
  ['a step within the sight moves nothing', 10, 1, 11, false],
  ['a step to the last line in sight brings it into the middle', 18, 1, 19, true],
  ['a step to the first line in sight brings it into the middle', 1, -1, 0, true],
  ['a step before the first line stays there', 0, -1, 0, true],
])('%s', (_, from, by, to, moves) => {
  cursor.laidOut(1000, height)
  cursor.see(1, 0, 19)
  cursor.stand(from)
  top = 5
  cursor.step(by)
  expect(cursor.place).toBe(to)
  expect(top !== 5).toBe(moves)
})

test('a step needs a line to begin at', () => {
  cursor.laidOut(1000, height)
  cursor.step(1)
  expect(cursor.place).toBeNull()
})

test('when the oldest lines are dropped, what was in sight and what was current stay', async () => {
  cursor.laidOut(1000, height)
  cursor.go(500)
  const before = top
  cursor.see(491, 490, 510)
  await cursor.dropped(async (number) => number - 1 - 100)
  expect(top).toBe(before - 100 * rowHeight)
  expect(cursor.place).toBe(400)
})

test('a current line that was dropped is current no longer', async () => {
  cursor.laidOut(1000, height)
  cursor.stand(50)
  cursor.see(501, 500, 520)
  await cursor.dropped(async (number) => number - 1 - 100)
  expect(cursor.place).toBeNull()
})

test('whoever follows the end, or whose host is lost, is not moved', async () => {
  cursor.laidOut(1000, height)
  cursor.see(981, 980, 999)
  const end = top
  await cursor.dropped(async () => 0)
  expect(top).toBe(end)
  cursor.stand(990)
  await cursor.dropped(async () => Promise.reject(new Error('the host is lost')))
  expect(top).toBe(end)
})
