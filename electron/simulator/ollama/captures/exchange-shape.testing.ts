import type { Exchange } from './recorded-exchange.testing'

/** Texts that must be the same word for word; of all others only the kind counts. */
const exactTexts =
  /^(error|message|type|status|done_reason|role|object|finish_reason|system_fingerprint|owned_by|format)$/
/** Objects whose every value must be the same; a parent is a path, and told only of what was made from a file. */
const exactObjects = /^(details|model_info|tensors|capabilities)$/

/** What of a value counts: the keys in their order, kinds, and exact values where those are the version's own. */
function shapeOf(value: unknown, key = '', isExact = false): unknown {
  if (Array.isArray(value)) {
    if (value.length > 0 && value.every((item) => typeof item === 'number') && !isExact) return 'numbers'
    return value.map((item) => shapeOf(item, key, isExact || exactObjects.test(key)))
  }
  if (value !== null && typeof value === 'object') {
    // As a list: two objects with the same keys in another order are not the same.
    return Object.entries(value).map(([name, part]) => [name, shapeOf(part, name, isExact || exactObjects.test(key))])
  }
  if (typeof value === 'string') {
    return (isExact && key !== 'parent_model') || exactTexts.test(key) ? normalised(value) : 'text'
  }
  if (typeof value === 'number') return isExact || key === 'context_length' ? value : 'number'
  return value
}

/** Paths, digests and ports are each machine's own. */
export const normalised = (text: string): string =>
  text
    .replace(/sha256[:-][0-9a-f]{64}/g, 'sha256:#')
    .replace(/\/\S*?\/blobs\//g, '<models>/blobs/')
    .replace(/tensor (['"])[\w.]+\1/g, 'tensor #')
    .replace(/offset\+size \(\d+\) exceeds file size \(\d+\)/, 'offset+size (#) exceeds file size (#)')

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null

type Manner = {
  /** Layers so small or so quick that whether their progress is told is chance. */
  isProgressChance: boolean
  /** How many records came before the answer was ended from outside. */
  isLengthChance: boolean
  /** Durations below a millisecond are left out by the old server: chance as well. */
  hasRoundDurations: boolean
}

/** One exchange as far as it must be the same. */
export function exchangeShape(exchange: Exchange, manner: Manner) {
  const { status, headers, body } = exchange
  const type = headers['content-type'] ?? null
  return {
    status,
    type,
    allow: headers.allow ?? null,
    framing: 'transfer-encoding' in headers ? headers['transfer-encoding'] : 'length',
    headers: Object.keys(headers).sort(),
    body: bodyShape(body, type, manner),
  }
}

function bodyShape(body: string, type: string | null, manner: Manner): unknown {
  if (type?.includes('x-ndjson')) {
    const lines = body.split('\n')
    return { ending: lines.pop(), records: inRuns(orderedLayers(lines.map((line) => JSON.parse(line))), manner) }
  }
  if (type?.includes('event-stream')) {
    const events = body.split('\n\n')
    return {
      ending: events.pop(),
      records: inRuns(
        events.map((event) => (event === 'data: [DONE]' ? event : JSON.parse(event.replace(/^data: /, '')))),
        manner,
      ),
    }
  }
  if (type?.includes('json')) {
    return { ending: body.endsWith('\n'), value: shapeOf(sorted(withoutChance(JSON.parse(body), manner))) }
  }
  return body
}

/** Lists whose order is that of a Go map, or of one second, are compared by name. */
function sorted(value: unknown): unknown {
  if (!isRecord(value)) return value
  const models = value.models
  if (!Array.isArray(models) || !isRecord(models[0]) || !('modified_at' in models[0])) return value
  return { ...value, models: [...models].sort((one, other) => (one.name < other.name ? -1 : 1)) }
}

function withoutChance(value: unknown, { hasRoundDurations }: Manner): unknown {
  if (!hasRoundDurations || !isRecord(value)) return value
  const { prompt_eval_duration: _, eval_duration: __, ...rest } = value
  return rest
}

/** Records of one shape that follow each other, with their number; progress only once for each layer. */
function inRuns(records: readonly unknown[], manner: Manner): unknown[] {
  const runs: { shape: unknown; count: number | 'some' }[] = []
  for (const record of records) {
    const isProgress = isRecord(record) && 'digest' in record
    if (isProgress && manner.isProgressChance) continue
    const isUncounted = isProgress || manner.isLengthChance
    const shape = isProgress ? { layer: record.digest } : shapeOf(withoutChance(record, manner))
    const last = runs.at(-1)
    if (last && JSON.stringify(last.shape) === JSON.stringify(shape)) {
      if (last.count !== 'some') last.count++
    } else runs.push({ shape, count: isUncounted ? 'some' : 1 })
  }
  return runs
}

/** Digests by the order in which they come. */
function orderedLayers(records: unknown[]): unknown[] {
  const known = new Map<string, string>()
  return records.map((record) => {
    if (!isRecord(record) || typeof record.digest !== 'string') return record
    if (!known.has(record.digest)) known.set(record.digest, `layer ${known.size + 1}`)
    const layer = known.get(record.digest)
    return { ...record, digest: layer, status: `pulling ${layer}` }
  })
}

/** Keys of all progress records, in their order: the counters may be left out while they are 0. */
export function progressKeys(body: string): string[] {
  const keys = body
    .split('\n')
    .filter((line) => line.includes('"digest"'))
    .map((line) => Object.keys(JSON.parse(line)).join(','))
  return [...new Set(keys)].sort()
}
