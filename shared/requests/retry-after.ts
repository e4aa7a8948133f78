/**
 * What a header says about when to ask again: a wait, at once, longer than is waited for, nothing that can be read
 * (then the own back-off holds), or the state of a limit that is only shown. Seconds; faults.md, W1.
 */
export type ToldWait =
  | { action: 'wait' | 'notWaited' | 'show'; seconds: number }
  | { action: 'retryNow'; seconds: 0 }
  | { action: 'ownBackoff'; seconds: null }

const wholeNumber = /^\d+$/
const httpDate = /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/
const goDuration = /^(?=.)(?:(\d+)h)?(?:(\d+)m(?!s))?(?:(\d+(?:\.\d+)?)s)?(?:(\d+)ms)?$/

const secondsOfDuration = (text: string): number | null => {
  const match = goDuration.exec(text)
  if (!match) return null
  const [hours, minutes, seconds, milliseconds] = match.slice(1).map((part) => Number(part ?? 0))
  return (hours ?? 0) * 3600 + (minutes ?? 0) * 60 + (seconds ?? 0) + (milliseconds ?? 0) / 1000
}

function secondsOf(header: string, value: string, nowMs: number): number | null {
  if (header === 'retry-after-ms') return wholeNumber.test(value) ? Number(value) / 1000 : null
  if (header !== 'retry-after') return null
  if (wholeNumber.test(value)) return Number(value)
  if (!httpDate.test(value)) return null
  const atMs = Date.parse(value)
  return Number.isNaN(atMs) ? null : Math.max(0, Math.trunc((atMs - nowMs) / 1000))
}

/** Reads one header of a refusal; `capSeconds` is the longest wait that is waited for, itself included. */
export function toldWait(header: string, value: string, nowMs: number, capSeconds: number): ToldWait {
  const name = header.toLowerCase()
  const text = value.trim()
  if (name.startsWith('x-ratelimit-reset')) {
    const shown = secondsOfDuration(text)
    return shown === null ? { action: 'ownBackoff', seconds: null } : { action: 'show', seconds: shown }
  }
  const seconds = secondsOf(name, text, nowMs)
  if (seconds === null) return { action: 'ownBackoff', seconds: null }
  if (seconds === 0) return { action: 'retryNow', seconds: 0 }
  return { action: seconds <= capSeconds ? 'wait' : 'notWaited', seconds }
}
