const part = /(\d+(?:\.\d*)?|\.\d+)(ns|us|µs|μs|ms|s|m|h)/
const goDuration = new RegExp(`^[-+]?(${part.source})+$`)
const unitMs: Record<string, number> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  μs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
}
/** Go counts nanoseconds in 63 bits. */
const largestMs = 2 ** 63 / 1e6

/** Go's own way to write a length of time (2.06ms, 1h30m, 10m0s), ms; null for anything else. */
export function goDurationMs(text: string): number | null {
  if (!goDuration.test(text)) return null
  const parts = [...text.matchAll(new RegExp(part.source, 'g'))]
  const sum = parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? ''] ?? 0), 0)
  if (sum > largestMs) return null
  return text.startsWith('-') ? -sum : sum
}

/** The longest that Go can write is 292 years: so a server prints a negative one, which means for ever. */
const longest = /^2562047h/

/**
 * How long Ollama takes a setting to mean, ms: a duration of Go's or a number of seconds; -1 for ever, which is what a
 * negative one means. Null where Ollama would not read it.
 */
export function settingDurationMs(text: string): number | null {
  if (longest.test(text)) return -1
  const durationMs = /^[-+]?\d+$/.test(text) ? Number(text) * 1000 : goDurationMs(text)
  // Seconds that its nanoseconds cannot hold would be another time, or none.
  if (durationMs !== null && Math.abs(durationMs) > largestMs) return null
  return durationMs === null ? null : durationMs < 0 ? -1 : Math.abs(durationMs)
}
