import { closeSync, mkdirSync, openSync, renameSync } from 'node:fs'
import { join } from 'node:path'
import { readable, timeOf } from '../../../shared/ollama/log-line'
import type { Redactor } from '../../platform/redactor'
import { FollowedFile } from './followed-file'
import { inOrder } from './line-order'
import type { ServerLog } from './server-log'

/** What Corral asks every second would bury what others ask. */
const ownQuestion = /^\[GIN\] .* \| +(\d{3}) \|.* GET +"(\/api\/(?:version|ps|tags))"$/
/** Whatever else is asked is answered at once, by Corral every second: it says nothing of an answer that has stalled. */
const answerInPieces = /^\[GIN\] .* "(\/api\/(generate|chat|embed\w*|pull|push|create)|\/v1\/.*)"$/
/** 499: the client went away. */
const brokenOff = /^(499|5\d\d)$/

const everyMs = 200
/** A server that rests is not asked five times a second whether it has said something. */
const everyMsAtRest = 1000
const restsAfterMs = 3000

/** The two files a server writes its output to, and their way into the log. */
export class ServerOutput {
  readonly #files: { stream: 'stdout' | 'stderr'; file: string }[]
  #followed: { stream: 'stdout' | 'stderr'; file: FollowedFile }[] = []
  #timer: NodeJS.Timeout | undefined
  #heardAtMs = 0

  constructor(
    folder: string,
    private readonly log: ServerLog,
    private readonly redactor: Redactor,
    /** The questions that Corral left before their answers came. */
    private readonly left: { claim(path: string): boolean; forget(): void },
  ) {
    mkdirSync(folder, { recursive: true })
    this.#files = (['stdout', 'stderr'] as const).map((stream) => ({
      stream,
      file: join(folder, `server.${stream}.log`),
    }))
  }

  /** Sets the last run's files aside and gives the descriptors for a new server. Close them once it has started. */
  openForServer(): { stdout: number; stderr: number; close(): void } {
    this.close()
    this.left.forget()
    for (const { file } of this.#files) {
      try {
        renameSync(file, `${file}.1`)
      } catch {
        // There was no run before this one.
      }
    }
    const [stdout = 0, stderr = 0] = this.#files.map(({ file }) => openSync(file, 'a', 0o600))
    return {
      stdout,
      stderr,
      close() {
        closeSync(stdout)
        closeSync(stderr)
      },
    }
  }

  /** Brings what is in the files, and what comes, into the log. */
  follow(): void {
    this.close()
    this.#followed = this.#files.map(({ stream, file }) => ({ stream, file: new FollowedFile(file, this.redactor) }))
    this.readNow()
    this.#heardAtMs = performance.now()
    this.#timer = setTimeout(() => this.#look(), everyMs)
  }

  /** What a busy server says between two rounds is taken in parts, so that it holds up nothing else. */
  #look() {
    this.#take((file) => file.read({ isInParts: true }))
    const isBehind = this.#followed.some(({ file }) => file.isBehind)
    const rests = performance.now() - this.#heardAtMs > restsAfterMs
    this.#timer = setTimeout(() => this.#look(), isBehind ? 0 : rests ? everyMsAtRest : everyMs)
  }

  /** Takes what has been written since, without waiting for the next round. */
  readNow(): void {
    this.#take((file) => file.read())
  }

  close(): void {
    clearTimeout(this.#timer)
    this.#take((file) => file.close())
    this.#followed = []
  }

  #noted(written: readonly string[]): string[] {
    const lines = written.map(readable)
    const ended = lines.filter((line) => answerInPieces.test(line))
    for (const line of ended) this.log.noteAnswered(timeOf(line) ?? Date.now())
    return lines
  }

  #isOwnQuestion(line: string): boolean {
    const [, status = '', path = ''] = ownQuestion.exec(line) ?? []
    return status === '200' || (brokenOff.test(status) && this.left.claim(path))
  }

  #take(linesOf: (file: FollowedFile) => string[]) {
    const outputs = this.#followed.map(({ stream, file }) => ({
      stream,
      lines: this.#noted(linesOf(file)).filter((line) => !this.#isOwnQuestion(line)),
    }))
    const said = inOrder(outputs)
    if (said.length > 0) this.#heardAtMs = performance.now()
    this.log.addAll(said)
    if (this.#followed.length > 0) {
      this.log.noteFiles(this.#followed.map(({ file }) => ({ path: file.file, sizeBytes: file.sizeBytes })))
    }
  }
}
