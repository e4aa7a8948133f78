/** A switch as Ollama reads it: Go's words, and any other text means on. */
export function goSwitch(text: string | undefined, fallback = false): boolean {
  const value = trimmed(text)
  if (value === '') return fallback
  return !/^(0|f|F|false|FALSE|False)$/.test(value)
}

/** A count as Ollama reads it; null where it would warn and use its default. */
export function goCount(text: string | undefined): number | null {
  const value = trimmed(text)
  return /^\d+$/.test(value) ? Number(value) : null
}

const unitMs: Record<string, number> = { ns: 1e-6, us: 1e-3, µs: 1e-3, ms: 1, s: 1000, m: 60_000, h: 3_600_000 }

/** A duration as Go writes it, or bare seconds; negative is forever. Null where it does not parse. */
export function goDurationMs(text: string | number | undefined | null): number | null {
  if (typeof text === 'number') return text < 0 ? Number.POSITIVE_INFINITY : Math.trunc(text) * 1000
  const value = trimmed(text ?? '')
  if (value === '') return null
  if (/^-?\d+$/.test(value)) return Number(value) < 0 ? Number.POSITIVE_INFINITY : Number(value) * 1000
  const sign = value.startsWith('-')
  const parts = [...value.replace(/^[+-]/, '').matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g)]
  if (parts.length === 0 || parts.map((part) => part[0]).join('') !== value.replace(/^[+-]/, '')) return null
  if (sign) return Number.POSITIVE_INFINITY
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (unitMs[unit ?? 's'] ?? 0), 0)
}

const plain = (value: number, digits: number) => value.toFixed(digits).replace(/\.?0+$/, '')

/** A duration as Go prints it: 5m0s, 1h0m0s, 500ms, 267.641888ms, 2.49611749s. */
export function goDurationText(durationMs: number): string {
  if (durationMs === Number.POSITIVE_INFINITY) return '2562047h47m16.854775807s'
  if (durationMs === 0) return '0s'
  if (durationMs < 1) return `${plain(durationMs * 1000, 3)}µs`
  if (durationMs < 1000) return `${plain(durationMs, 6)}ms`
  const hours = Math.floor(durationMs / 3_600_000)
  const minutes = Math.floor(durationMs / 60_000) % 60
  const seconds = plain((durationMs / 1000) % 60, 9)
  if (hours > 0) return `${hours}h${minutes}m${seconds}s`
  return minutes > 0 ? `${minutes}m${seconds}s` : `${seconds}s`
}

/** Sizes as its log prints memory: one decimal, never above GiB. */
export function goBytes(sizeBytes: number): string {
  if (sizeBytes >= 2 ** 30) return `${(sizeBytes / 2 ** 30).toFixed(1)} GiB`
  if (sizeBytes >= 2 ** 20) return `${(sizeBytes / 2 ** 20).toFixed(1)} MiB`
  if (sizeBytes >= 2 ** 10) return `${(sizeBytes / 2 ** 10).toFixed(1)} KiB`
  return `${Math.round(sizeBytes)} B`
}

/** Sizes as its log prints downloads: decimal, two or three digits. */
export function goDecimalBytes(sizeBytes: number): string {
  const [value, unit] =
    sizeBytes >= 1e9
      ? [sizeBytes / 1e9, 'GB']
      : sizeBytes >= 1e6
        ? [sizeBytes / 1e6, 'MB']
        : sizeBytes >= 1e3
          ? [sizeBytes / 1e3, 'KB']
          : [sizeBytes, 'B']
  return `${value >= 10 || Number.isInteger(value) ? Math.trunc(value) : value.toFixed(1)} ${unit}`
}

/** A time as Go's JSON writes it, to the nanosecond. */
export function goTime(atMs: number = Date.now()): string {
  const nanoseconds = String(Math.floor((performance.now() * 1e6) % 1e6)).padStart(6, '0')
  return new Date(atMs).toISOString().replace('Z', `${nanoseconds}Z`)
}

export const nanoseconds = (durationMs: number) => Math.round(durationMs * 1e6)

export const trimmed = (text: string | undefined) => (text ?? '').trim().replace(/^["']+|["']+$/g, '')
