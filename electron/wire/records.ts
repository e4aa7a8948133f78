import { Lines } from '../platform/lines'
import { open } from './ask'
import { failureOfWords } from './failures'
import { longestRecord } from './framing'
import { pieces, type WireRequest } from './request'

/** One line of a stream of Ollama's. */
export type OllamaRecord = Record<string, unknown>

/**
 * The records of one of Ollama's streams that is no answer, in the batches in which they arrive; one with `error` ends
 * it as the failure it means. A last line without its end counts when it is whole (ollama.md, 2: no terminator follows).
 */
export async function* streamRecords(request: WireRequest): AsyncGenerator<OllamaRecord[], void, void> {
  const answer = await open(request)
  const lines = new Lines(longestRecord)
  for await (const bytes of pieces(answer, () => request.patience?.stallMs, request.signal)) {
    yield* upToError(lines.take(bytes).flatMap(recordOf))
  }
  yield* upToError(recordOf(lines.rest() ?? ''))
}

function* upToError(records: OllamaRecord[]) {
  const failed = records.findIndex((record) => typeof record.error === 'string')
  const good = failed === -1 ? records : records.slice(0, failed)
  if (good.length > 0) yield good
  if (failed !== -1) throw failureOfWords('ollama', null, records[failed]?.error)
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
