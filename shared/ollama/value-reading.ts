import { settingDurationMs } from './go-duration'
import type { Setting } from './settings'
import { isAtLeast } from './version'

/** What Ollama makes of a variable's text: its value in the words of the form, nothing, or nothing that it understands. */
export type Reading = { is: 'read'; value: string } | { is: 'empty' } | { is: 'unreadable' }

/** A variable's text as Ollama takes it: without blanks and quotes around it. */
const bare = (text: string) => text.trim().replace(/^["']+|["']+$/g, '')

const unreadable: Reading = { is: 'unreadable' }
const read = (value: string): Reading => ({ is: 'read', value })

const largestCount = 2n ** 64n - 1n

/**
 * A variable as `ollama serve` reads it, by the kind of the setting (envconfig/config.go of 0.5.12 and 0.33.0): blanks and
 * quotes around it do not count, any word but false and its like is a yes, and what is unreadable leaves the default.
 */
export function readValue(setting: Setting, text: string, version: string): Reading {
  const own = bare(text)
  if (own === '') return { is: 'empty' }
  switch (setting.kind) {
    case 'count':
    case 'bytes':
      return /^\d+$/.test(own) && BigInt(own) <= largestCount ? read(String(BigInt(own))) : unreadable
    case 'duration': {
      const durationMs = settingDurationMs(own)
      if (durationMs === null) return unreadable
      const isForever = durationMs < 0 || (setting.id === 'loadTimeout' && durationMs === 0)
      return read(isForever ? '-1' : own)
    }
    case 'switch':
      return setting.id === 'debug' && isAtLeast(version, '0.7.0') ? logLevel(own) : read(isNo(own) ? '0' : '1')
    case 'choice':
      return read(own.toLowerCase())
    default:
      return read(own)
  }
}

const isNo = (text: string) => /^(0|f|F|false|FALSE|False)$/.test(text)
const isYes = (text: string) => /^(1|t|T|true|TRUE|True)$/.test(text)

/** A number is a level since 0.7; what is neither a number nor a yes leaves the usual one. */
function logLevel(text: string): Reading {
  if (isYes(text)) return read('1')
  if (isNo(text) || /^[-+]?0+$/.test(text)) return read('0')
  return /^[-+]?\d+$/.test(text) ? read(String(Number(text))) : unreadable
}

const debugWords: Record<string, string> = { INFO: '0', DEBUG: '1', 'DEBUG-4': '2', WARN: '-1', ERROR: '-2' }

/** A value in words by which two of them can be compared: 10m and 10m0s, 1 and true, a b and a,b are the same. */
export function comparable(setting: Setting, text: string, version: string): string {
  if (setting.id === 'debug' && debugWords[text] !== undefined) return debugWords[text]
  if (text === 'auto') return text
  if (setting.id === 'origins')
    return bare(text)
      .replace(/^\[(.*)\]$/s, '$1')
      .replaceAll(',', ' ')
  const reading = readValue(setting, text, version)
  if (reading.is !== 'read') return text
  return setting.kind === 'duration' ? String(settingDurationMs(reading.value)) : reading.value
}

/**
 * Whether the value in effect is the one that was set. A server adds origins of its own to those that it was given.
 * `home` is what `~/` stands for.
 */
export function isInEffect(setting: Setting, asked: string, used: string, version: string, home: string): boolean {
  if (setting.kind === 'folder') return folder(asked, home) === folder(used, home)
  const [wanted, real] = [comparable(setting, asked, version), comparable(setting, used, version)]
  return wanted === real || (setting.id === 'origins' && real.startsWith(`${wanted} `))
}

const folder = (text: string, home: string) =>
  bare(text)
    .replace(/^~(?=\/)/, home)
    .replace(/(?<=.)[\\/]+$/, '')

/** A duration without what Go writes out of habit: 5m0s is 5m, 1h0m0s is 1h; the longest there is means for ever. */
export function shortDuration(text: string): string {
  if (settingDurationMs(text) === -1) return '-1'
  return text.replace(/(?<=[hm])0s$/, '').replace(/(?<=h)0m$/, '')
}
