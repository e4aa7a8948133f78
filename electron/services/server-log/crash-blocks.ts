import { beginsCrash } from '../../../shared/ollama/crash'
import { says } from '../../../shared/ollama/known-lines'
import { partsOfLine } from '../../../shared/ollama/log-line'
import type { Said } from './line-order'

const mostLines = 2000
/** After so many lines of other kinds a trace is no longer that of the crash before. */
const interruptedAtMost = 40

type Block = { lines: string[]; said: Said; isRest: boolean }

/**
 * The report of a crash is one entry of the log, however many lines its stack has: the first line, and below it what
 * belongs to it. A block is held until something else is said on its stream, or until it is asked for.
 */
export class CrashBlocks {
  readonly #open = new Map<Said['stream'], Block>()
  /** Lines of other kinds since the last block of the stream, in which the rest of it may still come. */
  readonly #since = new Map<Said['stream'], number>()

  get isEmpty(): boolean {
    return this.#open.size === 0
  }

  /** What can be told now of these lines and those before them. */
  take(said: readonly Said[]): Said[] {
    return said.flatMap((line) => this.#takeOne(line))
  }

  /** Whatever is held. */
  flush(): Said[] {
    return [...this.#open.keys()].flatMap((stream) => this.#close(stream))
  }

  #takeOne(said: Said): Said[] {
    const { stream, text } = said
    if (stream === 'corral') return [...this.flush(), said]
    const block = this.#open.get(stream)
    if (block && belongs(text)) {
      block.lines.push(text)
      return block.lines.length < mostLines ? [] : this.#close(stream)
    }
    const before = this.#close(stream)
    const since = this.#since.get(stream) ?? Number.POSITIVE_INFINITY
    const isRest = since < interruptedAtMost && (since === 0 ? belongs(text) : says('stack-trace', text))
    if (isRest || (beginsCrash(text) && belongs(text))) {
      this.#open.set(stream, { lines: [text], said, isRest })
      return before
    }
    this.#since.set(stream, since + 1)
    return [...before, said]
  }

  #close(stream: Said['stream']): Said[] {
    const block = this.#open.get(stream)
    if (!block) return []
    this.#open.delete(stream)
    this.#since.set(stream, 0)
    const text = block.lines.join('\n').trimEnd()
    if (text === '') return []
    return [{ ...block.said, text, ...(block.isRest ? { level: 'plain' as const } : {}) }]
  }
}

/** All but what a server says of its own accord, with a time or as an access line. */
const belongs = (text: string) => ['other', 'engine'].includes(partsOfLine(text).shape)
