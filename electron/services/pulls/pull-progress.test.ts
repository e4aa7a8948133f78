import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { PullProgress } from './pull-progress'

const layer = (name: string, total: number, completed?: number) => ({
  status: `pulling ${name}`,
  digest: `sha256:${name}`,
  total,
  ...(completed === undefined ? {} : { completed }),
})

test('layers are one bar, and their sum may still grow', () => {
  const progress = new PullProgress()
  progress.take({ status: 'pulling manifest' })
  progress.take(layer('a', 1000, 1000))
  expect(progress.now(Date.now())).toMatchObject({ completedBytes: 1000, totalBytes: 1000, isTotalFinal: false })
  progress.take(layer('b', 200))
  expect(progress.now(Date.now())).toMatchObject({ completedBytes: 1000, totalBytes: 1200, isTotalFinal: false })
})

test('a size from the registry is the whole from the first layer on', () => {
  const progress = new PullProgress()
  progress.registryBytes = 1300
  progress.take(layer('a', 1000, 500))
  expect(progress.now(Date.now())).toMatchObject({ totalBytes: 1300, isTotalFinal: true })
})

test('what is there whole has no speed and no time left', () => {
  const progress = new PullProgress()
  progress.take(layer('a', 1000, 0))
  progress.take(layer('a', 1000, 1000))
  expect(progress.now(Date.now() + 900)).toMatchObject({ state: 'running', bytesPerSecond: null, remainingMs: null })
})

test('the end of a pull counts layers whose last lines never came', () => {
  const progress = new PullProgress()
  progress.take(layer('a', 1000, 700))
  progress.take({ status: 'success' })
  expect(progress.totalBytes).toBe(1000)
  progress.registryBytes = 1300
  expect(progress.totalBytes).toBe(1300)
})

test('a part that failed lets the bar fall back, never below nothing', () => {
  const progress = new PullProgress()
  progress.take(layer('a', 1000, 500))
  progress.take(layer('a', 1000, 400))
  expect(progress.now(Date.now()).completedBytes).toBe(400)
})

test('a registry that does not answer is a stalled pull, too', () => {
  const progress = new PullProgress()
  progress.take({ status: 'pulling manifest' })
  expect(progress.now(Date.now() + 9000)).toEqual({ state: 'running' })
  expect(progress.now(Date.now() + 11_000)).toEqual({ state: 'stalled' })
})

test('checking what has arrived is not a stall, however long it takes', () => {
  const progress = new PullProgress()
  progress.take(layer('a', 1000, 1000))
  progress.take({ status: 'verifying sha256 digest' })
  expect(progress.now(Date.now() + 60_000)).toMatchObject({ state: 'verifying', bytesPerSecond: null })
})

test('a pull that quickly ends without a layer is done', () => {
  const progress = new PullProgress()
  for (const status of ['pulling manifest', 'verifying sha256 digest', 'writing manifest', 'success']) {
    progress.take({ status })
  }
  expect(progress.isDone).toBe(true)
})

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Each of these, so many milliseconds after the one before. */
function* told(progress: PullProgress, everyMs: number, completed: readonly (number | undefined)[], total = 4e9) {
  for (const bytes of completed) {
    vi.setSystemTime(Date.now() + everyMs)
    progress.take(layer('a', total, bytes))
    yield progress.now(Date.now())
  }
}

test('P3: a file that a manifest lists twice is one file, and all there is never stalled', () => {
  const progress = new PullProgress()
  progress.registryBytes = 120
  for (const [name, size] of [
    ['a', 100],
    ['b', 10],
    ['b', 10],
    ['c', 10],
  ] as const) {
    progress.take(layer(name, size, size))
  }
  const now = progress.now(Date.now() + 600_000)
  expect(now).toMatchObject({ state: 'running', completedBytes: 120, totalBytes: 120, bytesPerSecond: null })
  expect(progress.mayYield(Date.now() + 600_000)).toBe(false)
})

test('P3: what Ollama checks is all there, whatever a manifest says', () => {
  const progress = new PullProgress()
  progress.registryBytes = 130
  progress.take(layer('a', 100, 100))
  progress.take({ status: 'verifying sha256 digest' })
  expect(progress.now(Date.now())).toMatchObject({ state: 'verifying', completedBytes: 130, totalBytes: 130 })
})

test('P3: a layer that is there says nothing of the next one for a while, then it is stalled', () => {
  const progress = new PullProgress()
  progress.take(layer('a', 100, 100))
  expect(progress.now(Date.now() + 12_000).state).toBe('running')
  expect(progress.now(Date.now() + 35_000).state).toBe('stalled')
})

test('P4: parts that are fetched anew are said to be, without a time left or a speed below nothing', () => {
  const progress = new PullProgress()
  const seen = [...told(progress, 1000, [6e8, 4.1e8, 1.5e8, undefined])]
  expect(seen.map(({ completedBytes }) => completedBytes)).toEqual([6e8, 4.1e8, 1.5e8, 0])
  expect(seen.map(({ trouble }) => trouble)).toEqual([null, 'refetching', 'refetching', 'loses-parts'])
  for (const { state, bytesPerSecond, remainingMs } of seen) {
    expect(state).toBe('running')
    expect(bytesPerSecond ?? 0).toBeGreaterThanOrEqual(0)
    expect(remainingMs).toBeNull()
  }
})

test('P4 L20: after a fall the speed is that of the climb, and the parts are told of until they are back', () => {
  const progress = new PullProgress()
  const steps = [1e8, 2e8, 3e8, 1e8, 1.5e8, 2e8, 2.5e8, 2.9e8, 3e8, 3.5e8, 4e8, 4.5e8]
  const seen = [...told(progress, 1000, steps)]
  expect(seen.map(({ trouble }) => trouble)).toEqual([
    ...[null, null, null],
    ...Array(5).fill('refetching'),
    ...[null, null, null, null],
  ])
  expect(seen[4]?.bytesPerSecond).toBeCloseTo(5e7)
  expect(seen[5]?.bytesPerSecond).toBeCloseTo(5e7)
  expect(seen.map(({ remainingMs }) => remainingMs !== null)).toEqual([
    ...[false, true, true],
    ...Array(5).fill(false),
    ...[true, true, true, true],
  ])
})

test('P4: one connection that drops takes several parts with it, and that is one fall', () => {
  const progress = new PullProgress()
  const seen = [...told(progress, 60, [6e8, 5e8, 4e8, 3e8, 2e8])]
  expect(seen.at(-1)?.trouble).toBe('refetching')
})

test('P4: a line that has lost nothing for minutes is forgiven', () => {
  const progress = new PullProgress()
  const seen = [...told(progress, 1000, [6e8, 4e8, 2e8, 1e8])]
  expect(seen.at(-1)?.trouble).toBe('loses-parts')
  expect(progress.now(Date.now() + 6 * 60_000).trouble).toBe('refetching')
})

test("L20: a stall stays through Ollama's own retries, and ends when bytes go on coming", () => {
  const progress = new PullProgress()
  const states = () => progress.now(Date.now()).state
  for (const _ of told(progress, 1000, [1e8, 2e8, 3e8]));
  const nothingFor = (seconds: number) => {
    for (const _ of told(progress, 1000, Array(seconds).fill(3e8)));
  }
  nothingFor(12)
  expect(states()).toBe('stalled')
  nothingFor(15)
  // Each retry loses what a part had, or brings what lay in a buffer.
  for (const _ of told(progress, 100, [2.9e8, 2.91e8, 3.01e8]));
  expect(states()).toBe('stalled')
  for (const _ of told(progress, 1000, Array(15).fill(3.01e8)));
  expect(progress.now(Date.now())).toMatchObject({ state: 'stalled', bytesPerSecond: 0, remainingMs: null })
  expect(progress.mayYield(Date.now())).toBe(true)
  for (const _ of told(progress, 500, [3.1e8, 3.2e8, 3.3e8, 3.4e8, 3.5e8, 3.6e8, 3.7e8, 3.8e8]));
  expect(progress.now(Date.now())).toMatchObject({ state: 'running' })
  expect(progress.now(Date.now()).bytesPerSecond).toBeGreaterThan(0)
  expect(progress.mayYield(Date.now())).toBe(false)
})

test('P4: a pull that falls and climbs for minutes moves, and is not called stalled', () => {
  const progress = new PullProgress()
  const steps = Array.from({ length: 120 }, (_, step) => (step % 6) * 1e8)
  expect([...told(progress, 1000, steps)].every(({ state }) => state === 'running')).toBe(true)
})
