import { once } from 'node:events'
import { request } from 'node:http'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, it } from 'vitest'
import { withTimeLimit } from './time-limit'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

it('ends every request to a server that stays silent, whatever the collector throws away meanwhile', async () => {
  const silent = createServer(() => {})
  silent.listen(0, '127.0.0.1')
  await once(silent, 'listening')
  const { port } = silent.address() as AddressInfo
  const ends = new AbortController()
  const failed = Array.from({ length: 10 }, async () => {
    const outgoing = request({ port, host: '127.0.0.1', agent: false, signal: withTimeLimit(ends.signal, 700) })
    await once(outgoing, 'response').catch(() => {})
    return outgoing.destroyed
  })
  await pause(100)
  collectGarbage()
  expect(await Promise.race([Promise.all(failed), pause(5000, 'still waiting')])).toEqual(Array(10).fill(true))
  silent.close()
})

it('ends with the signal it was given, for the same reason', () => {
  const asked = new AbortController()
  const signal = withTimeLimit(asked.signal, 60_000)
  asked.abort(new Error('closing'))
  expect(signal.reason).toEqual(new Error('closing'))
})

it('tells that the time is over', async () => {
  const signal = withTimeLimit(new AbortController().signal, 1)
  await pause(50)
  expect(signal.reason).toMatchObject({ name: 'TimeoutError' })
})
