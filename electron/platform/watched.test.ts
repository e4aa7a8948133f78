import { getEventListeners } from 'node:events'
import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { changeOfAny, Watched } from './watched'

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

test('waiting for any of several leaves no one waiting, however the waiting ended', async () => {
  const [one, other] = [new Watched(1), new Watched('a')]
  const all = [
    [one, 1],
    [other, 'a'],
  ] as const
  const stop = new AbortController()
  const waitersLeft = () => one.watcherCount + other.watcherCount
  const listenersLeft = () => getEventListeners(stop.signal, 'abort').length

  for (let round = 0; round < 100; round++) {
    const changed = changeOfAny(
      [
        [one, one.current],
        [other, 'a'],
      ],
      stop.signal,
    )
    one.set(round + 2)
    await changed
  }
  expect([waitersLeft(), listenersLeft()]).toEqual([0, 0])

  one.set(1)
  await changeOfAny(all, stop.signal, 1)
  expect([waitersLeft(), listenersLeft()]).toEqual([0, 0])

  const aborted = changeOfAny(all, stop.signal)
  stop.abort()
  await aborted
  expect(waitersLeft()).toBe(0)
})

test('a value seen in another way changes in the same moment', () => {
  const count = new Watched(1)
  const doubled = count.mapped((value) => 2 * value)
  expect(doubled.current).toBe(2)
  count.set(5)
  expect(doubled.current).toBe(10)
})
