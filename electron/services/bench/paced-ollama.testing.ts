import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'
import { setTimeout as pause } from 'node:timers/promises'

export type Asked = {
  prompt: string
  options: { num_predict: number; num_ctx: number } & Record<string, number>
  raw: boolean
}

export type Pace = {
  ttftMs: number
  tpotMs: number
  /** Answers at once; the others wait. */
  slots: number
  /** What the server does with a request instead of answering it as it should; `index` counts all generate requests. */
  instead?: (response: ServerResponse, index: number, asked: Asked) => Promise<unknown> | undefined
}

/** A small Ollama for tests of the harness: exact deadlines, a queue, a prompt counted at five tokens for four words. */
export async function startPacedOllama(pace: Pace) {
  const asked: Asked[] = []
  const waiting: (() => void)[] = []
  let busy = 0
  let isLoaded = false
  const stopped = new AbortController()

  async function answer(response: ServerResponse, request: Asked) {
    const arrivedMs = performance.now()
    if (busy >= pace.slots) await new Promise<void>((resolve) => waiting.push(resolve))
    busy++
    const startMs = performance.now()
    try {
      const count = request.options.num_predict
      for (let i = 0; i < count && !response.destroyed; i++) {
        await until(startMs + pace.ttftMs + i * pace.tpotMs)
        response.write(`${JSON.stringify({ model: 'm', created_at: 'now', response: `t${i} `, done: false })}\n`)
      }
      response.end(`${JSON.stringify(lastRecord(request, performance.now() - arrivedMs))}\n`)
    } finally {
      busy--
      waiting.shift()?.()
    }
  }

  const lastRecord = (request: Asked, totalMs: number) => ({
    response: '',
    done: true,
    done_reason: 'length',
    total_duration: totalMs * 1e6,
    load_duration: 1e6,
    prompt_eval_count: countTokens(request.prompt),
    prompt_eval_duration: pace.ttftMs * 1e6,
    eval_count: request.options.num_predict,
    eval_duration: (request.options.num_predict - 1) * pace.tpotMs * 1e6,
  })

  async function until(deadlineMs: number) {
    const leftMs = deadlineMs - performance.now()
    if (leftMs > 2) await pause(leftMs - 2, undefined, { signal: stopped.signal }).catch(() => {})
    while (performance.now() < deadlineMs && !stopped.signal.aborted)
      await new Promise((resolve) => setImmediate(resolve))
  }

  const server = createServer(async (request, response) => {
    response.on('error', () => {})
    if (request.method === 'GET') return void response.end(JSON.stringify(listing(request.url ?? '', isLoaded)))
    const body = JSON.parse(await readText(request)) as Partial<Asked> & { options: Asked['options'] }
    if (body.prompt === undefined) {
      if (!isLoaded) await pause(100)
      isLoaded = true
      return void response.end(JSON.stringify({ done: true, done_reason: 'load' }))
    }
    const index = asked.push(body as Asked) - 1
    await (pace.instead?.(response, index, body as Asked) ?? answer(response, body as Asked))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    baseUrl: `http://127.0.0.1:${port}`,
    asked,
    openConnections: () => new Promise<number>((resolve) => server.getConnections((_, count) => resolve(count))),
    async stop() {
      stopped.abort()
      for (const wake of waiting.splice(0)) wake()
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

const countTokens = (prompt: string) => Math.round(prompt.split(/\s+/).length * 1.25)

const model = {
  name: 'tiny:latest',
  size: 1_000_000,
  digest: 'abc',
  details: { parameter_size: '1B', quantization_level: 'Q4_K_M' },
}

function listing(path: string, isLoaded: boolean) {
  if (path === '/api/version') return { version: '0.32.15' }
  if (path === '/api/tags') return { models: [model] }
  return { models: isLoaded ? [{ name: model.name, size: 1_200_000, size_vram: 1_200_000, context_length: 2048 }] : [] }
}
