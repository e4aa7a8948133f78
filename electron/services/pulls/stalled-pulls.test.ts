import { afterEach, expect, test, vi } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { pullsAgainst } from './pulls-under-test.testing'

afterEach(() => {
  vi.useRealTimers()
})

const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

/** A server that brings half of `slow`, the whole of all others, and keeps `slow` open. */
async function withSlow() {
  vi.useFakeTimers({ toFake: ['Date'] })
  const asked: string[] = []
  const queue = await pullsAgainst((request, response) => {
    request.setEncoding('utf8').on('data', (text) => {
      const { model } = JSON.parse(text) as { model: string }
      asked.push(model)
      const layer = { status: 'pulling a', digest: 'sha256:a', total: 1000 }
      response.write(`${JSON.stringify({ ...layer, completed: 500 })}\n`)
      if (!model.startsWith('slow')) response.end('{"status":"success"}\n')
    })
  })
  const until = (name: string, state: string) =>
    queue.pulls.state.until(
      (list) => list.some((pull) => pull.model.name === name && pull.state === state),
      AbortSignal.timeout(10_000),
    )
  const untilHalf = () => queue.until(({ completedBytes }) => completedBytes === 500)
  return { ...queue, asked, untilHalf, untilState: until }
}

test('L20: a pull that stands still lets the next one go first, and goes on after it', async () => {
  const { pulls, asked, untilHalf, untilState, close } = await withSlow()
  try {
    pulls.add(ownModel('slow:1'))
    await untilHalf()
    pulls.add(ownModel('next:1'))
    later(20_000)
    await untilState('slow:1', 'stalled')
    expect(asked).toEqual(['slow:1'])
    later(25_000)
    await untilState('next:1', 'done')
    await expect.poll(() => asked).toEqual(['slow:1', 'next:1', 'slow:1'])
  } finally {
    await close()
  }
})

test('L20: while it waits behind the others it says so', async () => {
  const { pulls, untilHalf, untilState, close } = await withSlow()
  try {
    pulls.add(ownModel('slow:1'))
    await untilHalf()
    pulls.add(ownModel('slow:2'))
    later(45_000)
    await untilState('slow:2', 'running')
    expect(pulls.state.current.map(({ model, state, trouble }) => [model.name, state, trouble])).toEqual([
      ['slow:2', 'running', null],
      ['slow:1', 'waiting', 'gave-way'],
    ])
  } finally {
    await close()
  }
})

test('L20: a pull that nobody waits for stays where it is, with its request', async () => {
  const { pulls, asked, untilHalf, untilState, close } = await withSlow()
  try {
    pulls.add(ownModel('slow:1'))
    await untilHalf()
    later(300_000)
    await untilState('slow:1', 'stalled')
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(asked).toEqual(['slow:1'])
    expect(pulls.state.current[0]?.state).toBe('stalled')
  } finally {
    await close()
  }
})
