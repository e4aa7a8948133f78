import { readFileSync, readlinkSync } from 'node:fs'

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

/** The same of a process for which a path means the same file as for us: one in a container has folders of its own. */
export function environmentOnOurFiles(pid: number | null): Record<string, string> | null {
  return seesOurFiles(pid) ? environmentOfProcess(pid) : null
}

function seesOurFiles(pid: number | null): boolean {
  try {
    const namespace = (which: string) => readlinkSync(`/proc/${which}/ns/mnt`)
    const root = (which: string) => readlinkSync(`/proc/${which}/root`)
    return namespace(String(pid)) === namespace('self') && root(String(pid)) === root('self')
  } catch {
    return false
  }
}
