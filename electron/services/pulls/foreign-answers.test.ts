import type { RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { pullsAgainst } from './pulls-under-test.testing'

const endings: [what: string, listener: RequestListener, code: string][] = [
  ['a web page', (_, response) => response.end('<html>hello</html>'), 'pullFailed'],
  ['nothing at all', (_, response) => response.end(), 'pullFailed'],
  ['another program', (_, response) => response.writeHead(404).end('404 page not found'), 'pullFailed'],
  ['records of another kind', (_, response) => response.end('[1]\n"text"\nnull\n{"status":7}\n'), 'pullFailed'],
  [
    'an error before a late success',
    (_, response) => response.end('{"status":400,"error":"invalid model name"}\n{"status":"success"}\n'),
    'modelNameInvalid',
  ],
]

test.each(endings)('%s at the address of the server is a failed pull', async (_, listener, code) => {
  const { pulls, until, close } = await pullsAgainst(listener)
  try {
    pulls.add(ownModel('qwen3:8b'))
    const { failure } = await until(({ state }) => state === 'failed')
    expect(failure?.code).toBe(code)
  } finally {
    await close()
  }
})

test('a proxy that a registry error names is told and kept without its password', async () => {
  const { pulls, database, until, close } = await pullsAgainst((_, response) =>
    response.end('{"error":"proxyconnect tcp: dial http://me:hunter2@proxy:3128: connection refused"}\n'),
  )
  try {
    pulls.add(ownModel('qwen3:8b'))
    const { failure } = await until(({ state }) => state === 'failed')
    expect(failure).toMatchObject({ code: 'registryUnreachable', detail: expect.stringContaining('http://…@proxy') })
    expect(JSON.stringify(database.prepare('SELECT * FROM pull').all())).not.toContain('hunter2')
  } finally {
    await close()
  }
})

test('a connection that drops in the middle holds the pull, and it goes on by itself', async () => {
  let count = 0
  const { pulls, until, close } = await pullsAgainst((_, response) => {
    const layer = (completed: number) =>
      `${JSON.stringify({ status: 'pulling a', digest: 'sha256:a', total: 1000, completed })}\n`
    count++
    if (count > 1) response.end(`${layer(1000)}{"status":"success"}\n`)
    else response.write(layer(400), () => setTimeout(() => response.destroy(), 300))
  })
  try {
    pulls.add(ownModel('qwen3:8b'))
    const held = await until(({ state, completedBytes }) => state === 'waiting' && completedBytes === 400)
    expect(held.failure).toBeNull()
    const done = await until(({ state }) => state === 'done')
    expect([done.completedBytes, count]).toEqual([1000, 2])
  } finally {
    await close()
  }
})

test('a queue that cannot be written goes on all the same', async () => {
  const { pulls, database, until, close } = await pullsAgainst((_, response) => {
    setTimeout(() => response.end('{"status":"success"}\n'), 2500) // it is written each second
  })
  try {
    pulls.add(ownModel('qwen3:8b'))
    await until(({ state }) => state === 'running')
    database.exec('PRAGMA query_only = ON')
    await until(({ state }) => state === 'done')
  } finally {
    await close()
  }
})

test('a server that accepts and never answers is left when the pull is paused', async () => {
  const { pulls, until, close } = await pullsAgainst(() => {})
  try {
    pulls.add(ownModel('qwen3:8b'))
    await until(({ state }) => state === 'running')
    pulls.cancel(ownModel('qwen3:8b'))
    await until(({ state }) => state === 'stopped')
  } finally {
    await close()
  }
})

test('a server that is about to end is left first, and the pull goes on with the next one', async () => {
  let count = 0
  let hasLeft = false
  const { pulls, server, until, close } = await pullsAgainst((_, response) => {
    const layer = (completed: number) =>
      `${JSON.stringify({ status: 'pulling a', digest: 'sha256:a', total: 1000, completed })}\n`
    count++
    response.on('close', () => {
      hasLeft = true
    })
    if (count > 1) response.end(`${layer(1000)}{"status":"success"}\n`)
    else response.write(layer(400))
  })
  try {
    pulls.add(ownModel('qwen3:8b'))
    await until(({ completedBytes }) => completedBytes === 400)
    await pulls.letGo()
    expect([hasLeft, count]).toEqual([true, 1])
    expect(pulls.state.current[0]).toMatchObject({ state: 'waiting', completedBytes: 400, failure: null })
    server.set(server.current && { ...server.current })
    await until(({ state }) => state === 'done')
    expect(count).toBe(2)
  } finally {
    await close()
  }
})
