import type { Language } from '../i18n/i18n'
import { formatMeasure, unknown } from './numbers'

const units = {
  en: { day: ' d', hour: ' h', minute: ' min', second: ' s', gap: ' ' },
  'zh-CN': { day: ' 天', hour: ' 小时', minute: ' 分', second: ' 秒', gap: ' ' },
}

/** A length of time as people say it: "2 min 10 s", "3 h 12 min", "2 d 4 h". At most two units. */
export function formatDuration(durationMs: number | null, language: Language = 'en'): string {
  if (durationMs === null || !Number.isFinite(durationMs)) return unknown
  const words = units[language]
  const seconds = Math.max(0, Math.round(durationMs / 1000))
  if (seconds < 60) return `${seconds}${words.second}`
  const parts: [number, string][] = [
    [Math.floor(seconds / 86_400), words.day],
    [Math.floor(seconds / 3600) % 24, words.hour],
    [Math.floor(seconds / 60) % 60, words.minute],
    [seconds % 60, words.second],
  ]
  const first = parts.findIndex(([count]) => count > 0)
  return parts
    .slice(first, first + 2)
    .filter(([count]) => count > 0)
    .map(([count, unit]) => `${count}${unit}`)
    .join(words.gap)
}

/** A measured latency: "940 ms" below a second, "1.81 s" above. */
export function formatLatency(durationMs: number | null): string {
  const { value, unit } = latencyFigure(durationMs)
  return unit === undefined ? value : `${value} ${unit}`
}

/** The same apart, for a figure that sets its unit smaller. */
export function latencyFigure(durationMs: number | null): { value: string; unit?: 'ms' | 's' } {
  if (durationMs === null || !Number.isFinite(durationMs)) return { value: unknown }
  return durationMs < 1000
    ? { value: formatMeasure(durationMs), unit: 'ms' }
    : { value: formatMeasure(durationMs / 1000), unit: 's' }
}

/** A clock time: "14:27:32". */
export const formatClock = (atMs: number): string => new Date(atMs).toTimeString().slice(0, 8)

/** A day and a time, near ones short: "14:02" today, "3 Nov 14:02", "2025-11-03" in another year. */
export function formatMoment(atMs: number, language: Language = 'en', nowMs = Date.now()): string {
  const at = new Date(atMs)
  const now = new Date(nowMs)
  const clock = at.toTimeString().slice(0, 5)
  if (at.toDateString() === now.toDateString()) return clock
  if (at.getFullYear() !== now.getFullYear()) return formatDay(atMs, language, nowMs)
  return `${formatDay(atMs, language, nowMs)} ${clock}`
}

/** A day: "3 Nov", "11 月 3 日"; with its year as an ISO date when it is another year's. */
export function formatDay(atMs: number, language: Language = 'en', nowMs = Date.now()): string {
  const at = new Date(atMs)
  if (at.getFullYear() !== new Date(nowMs).getFullYear()) {
    const twoDigits = (value: number) => String(value).padStart(2, '0')
    return `${at.getFullYear()}-${twoDigits(at.getMonth() + 1)}-${twoDigits(at.getDate())}`
  }
  if (language === 'zh-CN') return `${at.getMonth() + 1} 月 ${at.getDate()} 日`
  return `${at.getDate()} ${at.toLocaleString('en-US', { month: 'short' })}`
}
