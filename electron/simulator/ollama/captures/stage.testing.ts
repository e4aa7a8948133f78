import { request as ask } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { type Configuration, defaultConfiguration } from '../../configuration'
import { RunningSimulator } from '../../running-simulator.testing'
import { labModels } from './lab-models.testing'
import type { Exchange, Request } from './recorded-exchange.testing'

/** One simulated server on the machine of the recordings: no card, two cores, a log with both streams in it. */
export class Stage {
  private constructor(readonly simulator: RunningSimulator) {}

  /** Starts, and waits until it answers. */
  static async set(
    version: string,
    configuration: Partial<Configuration> = {},
    environment: Record<string, string> = {},
  ): Promise<Stage> {
    const machine = {
      version,
      stateFolder: null,
      cards: [],
      hostMemoryGibibytes: 23.5,
      threads: 2,
      startDelayMs: 10,
      loadSecondsPerGibibyte: defaultConfiguration.loadSecondsPerGibibyte,
      pullLatencyMs: 0,
      layerCheckMs: 150,
      decodeTokensPerSecond: 2000,
      prefillTokensPerSecond: 20_000,
      library: labModels,
      installed: labModels.map(({ name }) => name),
      ...configuration,
    }
    return new Stage(await RunningSimulator.start(machine, { OLLAMA_NO_CLOUD: '1', ...environment }))
  }

  /** The whole exchange, as curl would write it down; who is told of what has come so far may leave. */
  send({ method, path, body }: Request, atPiece?: (text: string) => 'leave' | undefined): Promise<Exchange> {
    return new Promise((done, fail) => {
      const request = ask({
        host: '127.0.0.1',
        port: this.simulator.port,
        method,
        path,
        agent: false,
        headers: { Accept: '*/*', ...(body ? { 'Content-Length': Buffer.byteLength(body) } : {}) },
      })
      request.once('error', fail)
      request.once('response', (response) => {
        let text = ''
        const end = (isCut: boolean) =>
          done({
            status: response.statusCode ?? 0,
            headers: Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [name, String(value)])),
            body: text,
            isCut,
          })
        response.setEncoding('utf8')
        response.on('data', (piece: string) => {
          text += piece
          if (atPiece?.(text) === 'leave') request.destroy()
        })
        response.once('error', () => end(true))
        response.once('end', () => end(false))
      })
      request.end(body)
    })
  }

  /** The processes of its runners. */
  async runners(): Promise<number[]> {
    const { body } = await this.send({ method: 'GET', path: '/simulator/state', body: '' })
    return (JSON.parse(body) as { loaded: { pid: number }[] }).loaded.map(({ pid }) => pid)
  }

  async until(isSo: () => boolean): Promise<void> {
    const deadlineMs = performance.now() + 30_000
    while (!isSo()) {
      if (performance.now() > deadlineMs) {
        throw new Error(`waited in vain; the log says:\n${this.simulator.log.slice(-2000)}`)
      }
      await pause(15)
    }
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch {
    return false
  }
}
