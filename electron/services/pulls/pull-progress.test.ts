import { expect, test } from 'vitest'
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
