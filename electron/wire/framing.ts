import { createParser } from 'eventsource-parser'
import { Lines } from '../platform/lines'
import { type AnswerRecord, emptyRecord } from './answer-record'
import { ollamaRecord } from './ollama-record'
import { type EventName, openaiRecord } from './openai-record'

/** How a server streams its answers: Ollama's own lines of JSON, or the chunks of OpenAI's chat completions. */
export type Protocol = 'ollama' | 'openai'

/** What stands in a stream: a record, what cannot be read as one, or the mark after the last. */
export type Framed = { record: AnswerRecord } | { unreadable: string } | 'end-mark'

/** Cuts a stream into what it says. Bytes may be cut anywhere. */
export type Framing = {
  take(bytes: Uint8Array): Framed[]
  /** Nothing more comes: a last record without its end counts when it is whole, half of one does not. */
  end(): Framed[]
}

/** Far above the longest that is sent: the context that closes an answer of Ollama's, a few megabytes of numbers. */
export const longestRecord = 64 * 2 ** 20

export const framingOf = (protocol: Protocol): Framing => (protocol === 'ollama' ? ndjson() : serverSentEvents())

function ndjson(): Framing {
  const lines = new Lines(longestRecord)
  return {
    take: (bytes) => lines.take(bytes).flatMap((line) => read(line, ollamaRecord)),
    end: () => read(lines.rest() ?? '', ollamaRecord).filter((framed) => isRecord(framed)),
  }
}

function serverSentEvents(): Framing {
  const decoder = new TextDecoder()
  let framed: Framed[] = []
  const parser = createParser({
    maxBufferSize: longestRecord,
    onEvent({ data, event }) {
      for (const one of eventsIn(data)) {
        if (one.trim() === '[DONE]') framed.push('end-mark')
        else framed.push(...framedAs(recordOfEvent(one, event), one))
      }
    },
    onError({ type, line }) {
      if (type === 'unknown-field') framed.push(...readBare(line ?? ''))
      else if (type === 'max-buffer-size-exceeded') framed.push({ unreadable: 'an event without an end' })
    },
  })
  const taken = () => {
    const all = framed
    framed = []
    return all
  }
  return {
    take(bytes) {
      parser.feed(decoder.decode(bytes, { stream: true }))
      return taken()
    },
    end() {
      parser.feed(`${decoder.decode()}\n\n`)
      return taken().filter((one) => isRecord(one) || one === 'end-mark' || isPage(one))
    },
  }
}

/**
 * A line that belongs to no event. A relay that has begun with 200 and pings can only say an error so: as bare JSON,
 * without `data:`; and some answer a request for a stream with one whole JSON.
 */
function readBare(line: string): Framed[] {
  return read(line, openaiRecord)
}

function read(text: string, recordOf: (value: unknown) => AnswerRecord): Framed[] {
  return framedAs(recordIn(text, recordOf), text)
}

function framedAs(record: Found, text: string): Framed[] {
  if (record === null) return []
  return record === 'unreadable' ? [{ unreadable: text }] : [{ record }]
}

/** The data of an event; of several where only one line end parted them, so that they came as one. */
export function eventsIn(data: string): string[] {
  if (!data.includes('\n') || isJson(data)) return [data]
  const lines = data.split('\n')
  return lines.every((line) => line.trim() === '[DONE]' || isJson(line)) ? lines : [data]
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

/** What a server-sent event says. One that is named `error` says an error, be its data JSON, plain words or nothing. */
export function recordOfEvent(data: string, event: EventName): Found {
  if (event !== 'error' && /^\s*:/.test(data)) return null // a gateway wrapped a comment into data
  const found = recordIn(data, (chunk) => openaiRecord(chunk, event))
  if (event !== 'error' || (typeof found === 'object' && found?.error !== undefined)) return found
  return { ...emptyRecord, error: data }
}

type Found = AnswerRecord | 'unreadable' | null

/** What a text holds: a record, nothing, or something that is none. */
export function recordIn(text: string, recordOf: (value: unknown) => AnswerRecord): Found {
  const json = text.replace(/^\uFEFF/, '')
  if (json.trim() === '') return null
  try {
    const value: unknown = JSON.parse(json)
    if (value === null) return emptyRecord
    return typeof value === 'object' ? recordOf(value) : 'unreadable'
  } catch {
    return 'unreadable'
  }
}

/** A page of one line has no end of a line. */
const isPage = (framed: Framed) =>
  typeof framed === 'object' && 'unreadable' in framed && /^\s*</.test(framed.unreadable)

const isRecord = (framed: Framed) => typeof framed === 'object' && 'record' in framed
