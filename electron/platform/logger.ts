import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Redact } from './redactor'

const rotateAtBytes = 4 * 2 ** 20

export type Logger = {
  info(message: string, detail?: unknown): void
  warn(message: string, detail?: unknown): void
  error(message: string, detail?: unknown): void
}

/** Corral's own log: one line an event, redacted, in a file that is set aside once at 4 MiB. */
export function createLogger(file: string, redact: Redact): Logger {
  mkdirSync(dirname(file), { recursive: true })
  const write = (level: string, message: string, detail: unknown) => {
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > rotateAtBytes) renameSync(file, `${file}.1`)
      appendFileSync(
        file,
        `${new Date().toISOString()} ${level} ${redact(`${message}${detailText(detail)}`).replaceAll('\n', '\n  ')}\n`,
        {
          mode: 0o600,
        },
      )
    } catch {
      // A full disk must not take the host down; there is nowhere left to say it.
    }
  }
  return {
    info: (message, detail) => write('info', message, detail),
    warn: (message, detail) => write('warn', message, detail),
    error: (message, detail) => write('error', message, detail),
  }
}

function detailText(detail: unknown) {
  if (detail === undefined) return ''
  const text = detail instanceof Error ? (detail.stack ?? detail.message) : JSON.stringify(detail)
  return ` ${text ?? String(detail)}`
}
