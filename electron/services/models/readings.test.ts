import { setTimeout as pause } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { Watched } from '../../platform/watched'
import type { ServerAddress } from '../../wire/server-address'
import { Readings } from './readings'

test('nothing is asked of the server while nobody looks, but what has changed is read once', async () => {
  let isWatched = true
  let readCount = 0
  const readings = new Readings(
    {
      server: new Watched<ServerAddress>({ baseUrl: 'http://127.0.0.1:1', version: null, isSimulated: false }),
      isWatched: () => isWatched,
      read: async () => {
        readCount++
        return true
      },
      onNewServer: () => {},
      onListed: () => {},
      onNoServer: () => {},
    },
    { loadedEveryMs: 5, installedEveryMs: 20 },
  )
  const ending = new AbortController()
  const kept = readings.keep(ending.signal)
  await expect.poll(() => readCount).toBeGreaterThan(3)
  isWatched = false
  const before = readCount
  await pause(100) // twenty rounds: that nothing happens can only be seen by waiting
  expect(readCount).toBe(before)
  readings.refresh()
  await expect.poll(() => readCount).toBe(before + 1)
  ending.abort()
  await kept
})
