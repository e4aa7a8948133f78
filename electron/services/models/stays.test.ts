import { describe, expect, it } from 'vitest'
import { Stays } from './stays'

const nowMs = Date.UTC(2026, 10, 30, 12)
const told = (expiresAtMs: number | null, staysForEver = false) => [
  { name: 'm:1', sizeBytes: 5, vramBytes: 5, digest: '', contextLength: null, expiresAtMs, staysForEver },
]
const yearOne = Date.parse('0001-01-01T00:00:00Z')

function stays({ isAnswering = false } = {}) {
  const follower = new Stays(() => isAnswering)
  return {
    follower,
    at: (expiresAtMs: number | null, afterMs = 0, staysForEver = false) =>
      follower.of(told(expiresAtMs, staysForEver), nowMs + afterMs).get('m:1'),
  }
}

describe('M2: an expiry in the past is no countdown', () => {
  it('M2: the year 1 is an unload that was first seen now, and stuck after a while', () => {
    const { at } = stays()
    expect(at(yearOne)).toEqual({ kind: 'unloading', sinceMs: nowMs })
    expect(at(yearOne, 30_000)).toEqual({ kind: 'unloading', sinceMs: nowMs })
    expect(at(yearOne, 61_000)).toEqual({ kind: 'stuck', sinceMs: nowMs })
  })

  it('M2: 40 s ago is an unload since then', () => {
    const { at } = stays()
    expect(at(nowMs - 40_000)).toEqual({ kind: 'unloading', sinceMs: nowMs - 40_000 })
    expect(at(nowMs - 40_000, 25_000)).toMatchObject({ kind: 'stuck' })
  })

  it('M2: for ever, a time to come, and no time at all are told as they are', () => {
    expect(stays().at(null, 0, true)).toEqual({ kind: 'for-ever' })
    expect(stays().at(nowMs + 5000)).toEqual({ kind: 'until', atMs: nowMs + 5000 })
    expect(stays().at(null)).toEqual({ kind: 'unknown' })
  })

  it('M2: a model that is asked again stays again', () => {
    const { at } = stays()
    at(nowMs - 40_000)
    expect(at(nowMs + 300_000, 1000)).toMatchObject({ kind: 'until' })
    expect(at(nowMs + 300_000, 301_000)).toEqual({ kind: 'unloading', sinceMs: nowMs + 300_000 })
  })
})

describe('F37: while Corral waits for an answer', () => {
  it('F37: an unload that Corral asked for waits for the answer', () => {
    const { at, follower } = stays({ isAnswering: true })
    at(nowMs + 300_000)
    follower.unloadAsked('m:1', nowMs + 1000)
    expect(at(nowMs + 1000, 1200)).toEqual({ kind: 'after-answer' })
  })

  it('L19: an unload by somebody else is known by the expiry that moves back', () => {
    const { at } = stays({ isAnswering: true })
    at(nowMs + 300_000)
    expect(at(nowMs + 900, 1500)).toEqual({ kind: 'after-answer' })
    expect(stays({ isAnswering: true }).at(yearOne)).toEqual({ kind: 'after-answer' })
  })

  it('L19: an answer that takes longer than the model stays is in use, and nothing else', () => {
    const { at } = stays({ isAnswering: true })
    at(nowMs + 1000)
    expect(at(nowMs + 1000, 90_000)).toEqual({ kind: 'in-use' })
  })
})
