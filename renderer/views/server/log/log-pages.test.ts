import { beforeEach, expect, test, vi } from 'vitest'
import type { LogFilter, LogLevel, LogLine } from '../../../../shared/contract/server-log'
import { LogPages } from './log-pages'

/** A host whose log grows, loses its oldest lines, and answers when it is told to. */
class Log {
  lines: LogLine[] = []
  asked: { from: number; levels: readonly LogLevel[] | undefined }[] = []
  isLost = false
  #lastNumber = 0
  #held: (() => void)[] | null = null

  say(count: number, level: LogLevel = 'info') {
    for (let left = count; left > 0; left--) {
      const number = ++this.#lastNumber
      this.lines.push({ number, atMs: 0, stream: 'stderr', level, text: `line ${number}` })
    }
  }
  drop(count: number) {
    this.lines.splice(0, count)
  }
  get length() {
    return { lastNumber: this.#lastNumber, lineCount: this.lines.length }
  }
  hold() {
    this.#held = []
  }
  /** The oldest question is answered last. */
  release() {
    for (const answer of this.#held?.reverse() ?? []) answer()
    this.#held = null
  }
  readonly read = async ({ from, count, levels }: LogFilter & { from: number; count: number }) => {
    this.asked.push({ from, levels })
    const of = levels ? this.lines.filter(({ level }) => levels.includes(level)) : this.lines
    const firstNumber = this.#lastNumber - this.lines.length + 1
    const answer = { from, matchCount: of.length, lines: of.slice(from, from + count), firstNumber }
    if (this.#held) await new Promise<void>((resolve) => this.#held?.push(resolve))
    if (this.isLost) throw new Error('the host is lost')
    return answer
  }
}

const all: LogFilter = {}
const errors: LogFilter = { levels: ['error'] }
let log: Log
let pages: LogPages
beforeEach(() => {
  log = new Log()
  pages = new LogPages(log.read)
})
const lineAt = (place: number) => pages.line(place)?.text

test('only the pages in sight are fetched, each once', async () => {
  log.say(100_000)
  pages.show(all, log.length)
  pages.want(50_390, 50_420)
  pages.want(50_391, 50_421)
  await expect.poll(() => lineAt(50_400)).toBe('line 50401')
  expect(lineAt(50_399)).toBe('line 50400')
  expect(log.asked.map(({ from }) => from)).toEqual([0, 50_200, 50_400])
  expect(pages.matchCount).toBe(100_000)
})

test('a log that grows lengthens the page in sight and leaves the others alone', async () => {
  log.say(250)
  pages.show(all, log.length)
  pages.want(200, 249)
  await expect.poll(() => lineAt(249)).toBe('line 250')
  log.asked = []
  log.say(30)
  pages.show(all, log.length)
  await expect.poll(() => lineAt(279)).toBe('line 280')
  expect(log.asked.map(({ from }) => from)).toEqual([200])
})

test('lines of the level before are gone, and an answer that comes late does not bring them back', async () => {
  log.say(300)
  log.say(1, 'error')
  log.hold()
  pages.show(all, log.length)
  pages.want(0, 30)
  pages.show(errors, log.length)
  log.release()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(lineAt(0)).toBe('line 301')
  expect(pages.matchCount).toBe(1)
})

test('the list of the level before is as long as it was until the first answer: it does not flash empty', async () => {
  log.say(300)
  log.say(1, 'error')
  pages.show(all, log.length)
  await expect.poll(() => pages.matchCount).toBe(301)
  pages.show(errors, log.length)
  expect(pages.matchCount).toBe(301)
  await expect.poll(() => pages.matchCount).toBe(1)
})

test('when the oldest lines are dropped every place holds another line, and those in sight are fetched anew', async () => {
  log.say(1000)
  pages.show(all, log.length)
  pages.want(300, 330)
  await expect.poll(() => lineAt(300)).toBe('line 301')
  pages.want(500, 530)
  await expect.poll(() => lineAt(500)).toBe('line 501')
  log.drop(100)
  pages.show(all, log.length)
  expect([lineAt(300), lineAt(500)]).toEqual([undefined, undefined])
  await expect.poll(() => lineAt(500)).toBe('line 601')
})

test('an answer for places of a log that has lost lines meanwhile is dropped', async () => {
  log.say(1000)
  pages.show(all, log.length)
  log.hold()
  pages.want(500, 530)
  log.drop(100)
  pages.show(all, log.length)
  log.release()
  await new Promise((resolve) => setTimeout(resolve, 0))
  expect(lineAt(500)).toBe('line 601')
})

test('pages far from the sight are forgotten', async () => {
  log.say(10_000)
  pages.show(all, log.length)
  await expect.poll(() => lineAt(0)).toBe('line 1')
  pages.want(9000, 9030)
  await expect.poll(() => lineAt(9000)).toBe('line 9001')
  expect(lineAt(0)).toBeUndefined()
})

test('after a lost host a page is asked for again when it is wanted', async () => {
  log.say(1000)
  pages.show(all, log.length)
  await expect.poll(() => lineAt(0)).toBe('line 1')
  log.isLost = true
  pages.want(600, 630)
  await new Promise((resolve) => setTimeout(resolve, 0))
  log.isLost = false
  pages.want(600, 630)
  await expect.poll(() => lineAt(600)).toBe('line 601')
})

test('listeners hear of each answer, and nothing once they have gone', async () => {
  const heard = vi.fn()
  const leave = pages.subscribe(heard)
  log.say(10)
  pages.show(all, log.length)
  await expect.poll(() => heard.mock.calls.length).toBe(1)
  leave()
  log.say(10)
  pages.show(all, log.length)
  await expect.poll(() => pages.matchCount).toBe(20)
  expect(heard).toHaveBeenCalledTimes(1)
})
