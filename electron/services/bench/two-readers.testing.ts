import type { AnswerEvent } from '../../../shared/backends/answer-event'
import type { Answer } from '../../../shared/measure/request'
import type { Outcome } from '../../../shared/measure/result'
import { AnswerReader } from '../../wire/answer-reader'
import type { Protocol } from '../../wire/framing'
import { judge, outcomes } from './outcomes'
import { StreamScanner } from './stream-scanner'

/** One read of a body, that long after the request was handed to the socket. */
export type Read = { t_ms: number; text?: string; b64?: string }
/** What a reader of a stream says of it. */
export type Said = Answer & {
  /** As the benchmark says it, or as an answer's end does. */
  outcome: string
  promptTokens: number | null
  cachedTokens: number | null
  loadMs: number | null
  promptMs: number | null
  answerMs: number | null
}

export const bytesOf = (read: Read) =>
  read.b64 === undefined ? Buffer.from(read.text ?? '') : Buffer.from(read.b64, 'base64')

/** The benchmark's clock. */
function scanned(protocol: Protocol, reads: readonly Read[]): Said {
  const scanner = new StreamScanner(protocol, 16)
  for (const read of reads) scanner.push(bytesOf(read), read.t_ms)
  const reading = scanner.end(reads.at(-1)?.t_ms ?? 0)
  const { firstOutputMs, reasoningEvents, outputTokens, reasoningTokens, tokenSource } = reading
  const { promptTokens, cachedTokens, loadMs, promptMs, answerMs } = reading
  return {
    ...{ outcome: judge(reading), eventsMs: Array.from(reading.eventsMs()), firstOutputMs, reasoningEvents },
    ...{ outputTokens, reasoningTokens, tokenSource, promptTokens, cachedTokens, loadMs, promptMs, answerMs },
  }
}

/** The events that all else is made of; a record with something of the model in it is one event of a stream. */
function followed(protocol: Protocol, reads: readonly Read[]): Said {
  const reader = new AnswerReader(protocol)
  const records = reads.flatMap((read) => reader.take(bytesOf(read)).map((events) => ({ events, atMs: read.t_ms })))
  const last = reader.end({ by: 'itself' })
  records.push({ events: last, atMs: reads.at(-1)?.t_ms ?? 0 })

  const isOutput = (event: AnswerEvent) =>
    (event.kind === 'delta' && event.of === 'text') || (event.kind === 'tool' && event.argumentsText !== '')
  const made = records.filter(({ events }) => events.some((event) => event.kind === 'delta' || isOutput(event)))
  const output = made.filter(({ events }) => events.some(isOutput))
  const usage = last.find((event) => event.kind === 'usage') ?? null
  const end = last.at(-1)
  if (end?.kind !== 'end') throw new Error('the end is not last')
  return {
    outcome: end.outcome,
    eventsMs: made.map(({ atMs }) => atMs),
    firstOutputMs: output[0]?.atMs ?? null,
    reasoningEvents: made.length - output.length,
    outputTokens: usage?.output ?? null,
    reasoningTokens: usage?.reasoning ?? null,
    tokenSource: usage?.output == null ? 'chunks' : protocol === 'ollama' ? 'eval_count' : 'usage',
    promptTokens: usage?.input ?? null,
    cachedTokens: usage?.cached ?? null,
    loadMs: end.server?.loadMs ?? null,
    promptMs: end.server?.promptMs ?? null,
    answerMs: end.server?.answerMs ?? null,
  }
}

/** How the end of an answer is called where the benchmark says so; before the first word a break is a failure. */
function answerEnd(outcome: Outcome, events: number): string {
  if (outcome === 'empty') return 'done' // whole, though without a token to measure
  return outcome === 'truncated' && events === 0 ? 'failed' : outcomes[outcome].answer
}

/** The two readers of a streamed answer, and how each calls its end. */
export const readers = {
  scanner: { read: scanned, ends: (outcome: Outcome) => outcome as string },
  wire: { read: followed, ends: answerEnd },
}
