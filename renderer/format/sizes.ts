import { formatMeasure, unknown } from './numbers'

const gibibyte = 2 ** 30

/** Memory in GiB: "22.6". The unit stands beside it once. */
export const formatGibibytes = (sizeBytes: number | null): string =>
  sizeBytes === null ? unknown : (sizeBytes / gibibyte).toFixed(1)

/** Memory with its unit: "22.6 GiB", and "14 MiB" where a GiB is too much of a unit. */
export function formatMemory(sizeBytes: number | null): string {
  if (sizeBytes === null) return unknown
  if (sizeBytes === 0) return '0 GiB'
  const mebibytes = sizeBytes / 2 ** 20
  return mebibytes < 99.5 ? `${Math.max(1, Math.round(mebibytes))} MiB` : `${formatGibibytes(sizeBytes)} GiB`
}

/** A download or a file as Ollama says it, in powers of ten: "42.5 GB", "397 MB". */
export function formatSize(sizeBytes: number | null): string {
  if (sizeBytes === null) return unknown
  const [unit, divisor] = sizeBytes >= 1e9 ? ['GB', 1e9] : sizeBytes >= 1e6 ? ['MB', 1e6] : ['KB', 1e3]
  return `${formatMeasure(sizeBytes / Number(divisor))} ${unit}`
}

export const formatByteRate = (bytesPerSecond: number | null): string =>
  bytesPerSecond === null ? unknown : `${formatSize(bytesPerSecond)}/s`
