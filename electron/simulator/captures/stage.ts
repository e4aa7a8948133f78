import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { request as ask } from 'node:http'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Configuration, writeConfiguration } from '../configuration'
import { labModels } from './lab-models'
import type { Exchange, Request } from './recorded-exchange'

const script = resolve(import.meta.dirname, '../../../dist/electron/simulator/ollama.cjs')

export type Exit = { code: number | null; signal: NodeJS.Signals | null }

/** One simulated server on the machine of the recordings: no card, two cores, a log with both streams in it. */
export class Stage {
  readonly folder = mkdtempSync(join(tmpdir(), 'stage-'))
  readonly #log = join(this.folder, 'serve.log')
  #child: ChildProcess | null = null
  #exit: Promise<Exit> | null = null
  port = 0

  constructor(
    private readonly version: string,
    private readonly configuration: Partial<Configuration>,
    private readonly environment: Record<string, string>,
  ) {}

  get log(): string {
    return readFileSync(this.#log, 'utf8')
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Starts, and waits until it answers or has ended. */
  async start(): Promise<void> {
    const file = join(this.folder, 'simulator.json')
    writeConfiguration(file, {
      version: this.version,
      cards: [],
      hostMemoryGibibytes: 23.5,
      threads: 2,
      startDelayMs: 10,
      pullLatencyMs: 0,
      decodeTokensPerSecond: 2000,
      prefillTokensPerSecond: 20_000,
      library: labModels,
      installed: labModels.map(({ name }) => name),
      ...this.configuration,
    })
    const log = openSync(this.#log, 'a')
    this.#child = spawn(process.execPath, [script, 'serve'], {
      stdio: ['ignore', log, log],
      env: {
        PATH: process.env.PATH,
        CORRAL_SIMULATOR: file,
        HOME: this.folder,
        OLLAMA_MODELS: join(this.folder, 'models'),
        OLLAMA_HOST: '127.0.0.1:0',
        OLLAMA_NO_CLOUD: '1',
        ...this.environment,
      },
    })
    closeSync(log)
    this.#exit = once(this.#child, 'exit').then(([code, signal]) => ({ code, signal }))
    await this.until(() => /Listening on \S*:\d+/.test(this.log) || this.#child?.exitCode !== null)
    this.port = Number(/Listening on \S*:(\d+)/.exec(this.log)?.[1] ?? 0)
    if (this.port > 0) await this.until(() => /inference compute/.test(this.log))
  }

  /** The whole exchange, as curl would write it down; who is told of what has come so far may leave. */
  send({ method, path, body }: Request, atPiece?: (text: string) => 'leave' | undefined): Promise<Exchange> {
    return new Promise((done, fail) => {
      const request = ask({
        host: '127.0.0.1',
        port: this.port,
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

  signal(name: NodeJS.Signals): Promise<Exit> {
    this.#child?.kill(name)
    return this.#exit ?? Promise.resolve({ code: null, signal: null })
  }

  async end(): Promise<void> {
    await this.signal('SIGTERM')
    rmSync(this.folder, { recursive: true, force: true })
  }

  async until(isSo: () => boolean): Promise<void> {
    const deadlineMs = performance.now() + 30_000
    while (!isSo()) {
      if (performance.now() > deadlineMs) throw new Error(`waited in vain; the log says:\n${this.log.slice(-2000)}`)
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
