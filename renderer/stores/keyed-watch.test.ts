import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { Client } from '../connection/client'
import { connection } from '../connection/connection'
import { openChats } from './chats'

const pageListeners = new Set<() => void>()
vi.stubGlobal('document', {
  hidden: false,
  addEventListener: (_: string, listener: () => void) => pageListeners.add(listener),
  removeEventListener: (_: string, listener: () => void) => pageListeners.delete(listener),
})

/** A host with chats that grow: who follows which, and a word to all of them. */
class ChatHost {
  readonly followed: string[] = []
  #tell = new Map<string, Set<(title: string) => void>>()

  readonly client = {
    chats: {
      watchChat: async ({ id }: { id: string }, { signal }: { signal: AbortSignal }) => this.#watch(id, signal),
    },
  } as unknown as Client

  say(id: string, title: string) {
    for (const tell of this.#tell.get(id) ?? []) tell(title)
  }

  async *#watch(id: string, signal: AbortSignal) {
    const tellers = this.#tell.get(id) ?? new Set()
    this.#tell.set(id, tellers)
    this.followed.push(id)
    try {
      for (let title = `first of ${id}`; !signal.aborted; ) {
        yield { id, title, isWhole: true }
        title = await new Promise<string>((resolve) => {
          tellers.add(resolve)
          signal.addEventListener('abort', () => resolve(''))
        })
        tellers.clear()
      }
    } finally {
      this.followed.splice(this.followed.indexOf(id), 1)
    }
  }
}

let host: ChatHost
beforeEach(() => {
  host = new ChatHost()
  connection.setState({ state: 'open', client: host.client, lostAtMs: null })
})
afterEach(() => connection.setState({ state: 'connecting', client: null, lostAtMs: null }))

const { hold, stateOf } = openChats
const titleOf = (id: string) => stateOf(id).value?.title

test('two conversations are open in one page at once, and each hears its own', async () => {
  const leave = [hold('a'), hold('b')]
  await expect.poll(() => [titleOf('a'), titleOf('b')]).toEqual(['first of a', 'first of b'])
  host.say('a', 'second of a')
  await expect.poll(() => titleOf('a')).toBe('second of a')
  expect(titleOf('b')).toBe('first of b')
  expect(host.followed).toEqual(['a', 'b'])
  for (const end of leave) end()
})

test('a conversation that is closed leaves no watch, and the other one goes on', async () => {
  const leaveOne = hold('c')
  const leaveOther = hold('d')
  await expect.poll(() => titleOf('d')).toBe('first of d')
  leaveOne()
  await expect.poll(() => host.followed).toEqual(['d'])
  host.say('d', 'second of d')
  await expect.poll(() => titleOf('d')).toBe('second of d')
  leaveOther()
  await expect.poll(() => host.followed).toEqual([])
  await expect.poll(() => pageListeners.size).toBe(0)
})

test('a conversation in two places is watched once, until the last one is left', async () => {
  const leave = [hold('e'), hold('e')]
  await expect.poll(() => titleOf('e')).toBe('first of e')
  leave[0]?.()
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(host.followed).toEqual(['e'])
  leave[1]?.()
  await expect.poll(() => host.followed).toEqual([])
})

test('who comes back sees what was there at once; of many that were left, the oldest are forgotten', async () => {
  for (const id of ['v', 'w', 'x', 'y', 'z']) {
    const leave = hold(id)
    await expect.poll(() => titleOf(id)).toBe(`first of ${id}`)
    leave()
    await expect.poll(() => host.followed).toEqual([])
  }
  expect(['v', 'w', 'z'].map(titleOf)).toEqual([undefined, 'first of w', 'first of z'])
  const leave = hold('w')
  expect(titleOf('w')).toBe('first of w')
  leave()
})

test('after a lost host both are stale, and both are watched again', async () => {
  const leave = [hold('k'), hold('l')]
  await expect.poll(() => [titleOf('k'), titleOf('l')]).toEqual(['first of k', 'first of l'])
  connection.setState({ state: 'lost', client: null })
  expect([stateOf('k').isStale, stateOf('l').isStale]).toEqual([true, true])
  const other = new ChatHost()
  connection.setState({ state: 'open', client: other.client })
  await expect.poll(() => [stateOf('k').isStale, stateOf('l').isStale]).toEqual([false, false])
  expect(other.followed).toEqual(['k', 'l'])
  expect(host.followed).toEqual([])
  for (const end of leave) end()
  await expect.poll(() => other.followed).toEqual([])
})
