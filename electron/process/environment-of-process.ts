import { readFileSync } from 'node:fs'

/** The variables of a running process; null where they may not be read. Linux lets a user read those of their own. */
export function environmentOfProcess(pid: number | null): Record<string, string> | null {
  if (pid === null || process.platform !== 'linux') return null
  try {
    const entries = readFileSync(`/proc/${pid}/environ`, 'utf8').split('\0').filter(Boolean)
    return Object.fromEntries(
      entries.map((entry) => [entry.slice(0, entry.indexOf('=')), entry.slice(entry.indexOf('=') + 1)]),
    )
  } catch {
    return null
  }
}
