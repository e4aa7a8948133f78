import type { Exchange } from './recorded-exchange.testing'

/** Fields whose values are the version's own words; of all others only the name and the place count. */
const words =
  /^(done|done_reason|role|object|finish_reason|status|error|message|type|format|parameter_size|quantization_level)$/

/** A JSON value as one line: the fields in their order, `{}` around those of an object, `[]` around those of a list. */
function fieldsOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.length === 0 ? '' : fieldsOf(value[0])}]`
  if (value === null || typeof value !== 'object') return ''
  const fields = Object.entries(value).map(([name, part]) => {
    if (part !== null && typeof part === 'object') return `${name}${fieldsOf(part)}`
    return words.test(name) ? `${name}=${JSON.stringify(part)}` : name
  })
  return `{${fields.join(' ')}}`
}

/** How often a download's progress is told depends on its speed, and a counter of 0 is left out. */
const progress = 'progress {status digest total completed}'

/** Equal lines that follow each other as one, with their number. */
function inRuns(records: readonly string[]): string[] {
  const runs: { line: string; count: number }[] = []
  for (const record of records) {
    const line = /^\{status="pulling \w{12}" digest total( completed)?\}$/.test(record) ? progress : record
    const last = runs.at(-1)
    if (last?.line === line) last.count++
    else runs.push({ line, count: 1 })
  }
  return runs.map(({ line, count }) => (count === 1 || line === progress ? line : `${count} x ${line}`))
}

/** What an exchange tells, in few lines that can be written by hand: status and type, then the body's records. */
export function told({ status, headers, body }: Pick<Exchange, 'status' | 'headers' | 'body'>): string[] {
  const type = headers['content-type']
  const head = type === undefined ? String(status) : `${status} ${type}`
  if (type?.includes('x-ndjson'))
    return [
      head,
      ...inRuns(
        body
          .trimEnd()
          .split('\n')
          .map((line) => fieldsOf(JSON.parse(line))),
      ),
    ]
  if (type?.includes('event-stream')) {
    const events = body
      .trimEnd()
      .split('\n\n')
      .map((event) => event.replace(/^data: /, ''))
    return [head, ...inRuns(events.map((data) => (data === '[DONE]' ? data : fieldsOf(JSON.parse(data)))))]
  }
  if (type?.includes('json')) return [head, fieldsOf(JSON.parse(body))]
  return body === '' ? [head] : [head, body]
}
