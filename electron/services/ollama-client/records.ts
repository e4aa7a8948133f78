import type { Readable } from 'node:stream'

/** One line of a stream of Ollama's. */
export type OllamaRecord = Record<string, unknown>

/**
 * The records of a stream, in the batches in which they arrived. Lines may be of any length and characters may be cut
 * anywhere; a last line without its end counts when it is whole (ollama.md, 2: no terminator follows).
 */
export async function* readRecords(stream: Readable): AsyncGenerator<OllamaRecord[], void, void> {
  const decoder = new TextDecoder()
  let rest = ''
  for await (const bytes of stream) {
    const text = decoder.decode(bytes as Buffer, { stream: true })
    const end = text.lastIndexOf('\n')
    if (end === -1) {
      rest += text
      continue
    }
    const records = (rest + text.slice(0, end)).split('\n').flatMap(recordOf)
    rest = text.slice(end + 1)
    if (records.length > 0) yield records
  }
  const last = recordOf(rest + decoder.decode())
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
