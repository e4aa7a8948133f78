import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Watched } from './watched'

test('a watcher gets the present value at once and then only the latest', async () => {
  const count = new Watched(0)
  const watch = count.watch(undefined, 5)
  expect((await watch.next()).value).toBe(0)
  count.set(1)
  count.set(2)
  expect((await watch.next()).value).toBe(2)
  await watch.return()
})

test('a source that never rests is seen at most once per pace', async () => {
  const count = new Watched(0)
  const stop = new AbortController()
  let seen = 0
  const watching = (async () => {
    for await (const _ of count.watch(stop.signal, 40)) seen++
  })()
  const endAt = performance.now() + 200
  while (performance.now() < endAt) {
    count.update((value) => value + 1)
    await pause(0)
  }
  stop.abort()
  await watching
  expect(seen).toBeLessThanOrEqual(8)
})

test('an aborted watch ends and leaves no one waiting', async () => {
  const count = new Watched(0)
  const stop = new AbortController()
  const watching = (async () => {
    for await (const _ of count.watch(stop.signal, 1));
  })()
  await pause(10)
  expect(count.watcherCount).toBe(1)
  stop.abort()
  await watching
  expect(count.watcherCount).toBe(0)
})
