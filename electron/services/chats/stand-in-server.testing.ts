import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text as readText } from 'node:stream/consumers'

type Asked = { messages: { role: string; content: string }[]; options: Record<string, number>; model: string }

/** Answers /api/chat as each test says, word for word: what the simulator is too well-behaved to do. */
export class StandInServer {
  asked: Asked[] = []
  loaded = ['tiny:latest']
  reply: (response: ServerResponse, request: IncomingMessage) => unknown = (response) => finish(response)
  readonly #server = createServer(async (request, response) => {
    if (request.url === '/api/ps') {
      response.end(JSON.stringify({ models: this.loaded.map((name) => ({ name })) }))
      return
    }
    this.asked.push(JSON.parse(await readText(request)))
    response.on('error', () => {})
    await this.reply(response, request)
  })

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(0, '127.0.0.1', resolve))
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`
  }

  close(): Promise<unknown> {
    this.#server.closeAllConnections()
    return new Promise((resolve) => this.#server.close(resolve))
  }
}

export const say = (response: ServerResponse, message: object) =>
  response.write(`${JSON.stringify({ model: 'tiny', message: { role: 'assistant', ...message }, done: false })}\n`)

const last = { message: { role: 'assistant', content: '' }, done: true, done_reason: 'stop' }

export const finish = (response: ServerResponse, figures: object = {}) =>
  response.end(`${JSON.stringify({ ...last, eval_count: 5, eval_duration: 1e8, prompt_eval_count: 9, ...figures })}\n`)
