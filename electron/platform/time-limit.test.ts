import { getEventListeners, once } from 'node:events'
import { request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { within } from './time-limit'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

it('ends every request to a server that stays silent, whatever the collector throws away meanwhile', async () => {
  const silent = createServer(() => {})
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const ends = new AbortController()
  const failed = Array.from({ length: 10 }, async () => {
    return within(700, ends.signal, async (signal) => {
      const outgoing = request({ port, host: '127.0.0.1', agent: false, signal })
      await once(outgoing, 'response').catch(() => {})
      return outgoing.destroyed
    })
  })
  await pause(100)
  collectGarbage()
  expect(await Promise.race([Promise.all(failed), pause(5000, 'still waiting')])).toEqual(Array(10).fill(true))
  silent.close()
})

const reasonOf = (signal: AbortSignal) =>
  new Promise<unknown>((resolve) => signal.addEventListener('abort', () => resolve(signal.reason)))

it('ends with the signal it was given, for the same reason', async () => {
  const asked = new AbortController()
  const reason = within(60_000, asked.signal, reasonOf)
  asked.abort(new Error('closing'))
  expect(await reason).toEqual(new Error('closing'))
})

it('has ended before it begins when the signal has', async () => {
  expect(await within(60_000, AbortSignal.abort('gone'), async ({ reason }) => reason)).toBe('gone')
})

it('tells that the time is over', async () => {
  expect(await within(1, new AbortController().signal, reasonOf)).toMatchObject({ name: 'TimeoutError' })
})

it('leaves nothing behind, however the act ends', async () => {
  const { signal } = new AbortController()
  await within(60_000, signal, async () => {})
  await within(60_000, signal, () => Promise.reject(new Error('no'))).catch(() => {})
  expect(getEventListeners(signal, 'abort')).toEqual([])
})
