import type { Readable } from 'node:stream'
import { Lines } from '../platform/lines'

/** One line of a stream of Ollama's. */
export type OllamaRecord = Record<string, unknown>

/** Far above the longest that is sent: the context that closes an answer, a few megabytes of numbers. */
const longestRecord = 64 * 2 ** 20

/**
 * The records of a stream, in the batches in which they arrived; a last line without its end counts when it is whole
 * (ollama.md, 2: no terminator follows).
 */
export async function* readRecords(stream: Readable): AsyncGenerator<OllamaRecord[], void, void> {
  const lines = new Lines(longestRecord)
  for await (const bytes of stream) {
    const records = lines.take(bytes as Buffer).flatMap(recordOf)
    if (records.length > 0) yield records
  }
  const last = recordOf(lines.rest() ?? '')
  if (last.length > 0) yield last
}

function recordOf(line: string): OllamaRecord[] {
  if (line.trim() === '') return []
  try {
    const value: unknown = JSON.parse(line)
    return typeof value === 'object' && value !== null ? [value as OllamaRecord] : []
  } catch {
    return [] // the half of a line that a broken connection left
  }
}
