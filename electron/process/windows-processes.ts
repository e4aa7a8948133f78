import { binary } from './program'
import { run } from './run'
import type { RunningProcess } from './running-process'

/** A PowerShell that starts, loads CIM and ends: seconds of one core on a slow machine. */
const withinMs = 20_000

type Row = { ProcessId?: unknown; ParentProcessId?: unknown; CommandLine?: unknown; CreationDate?: unknown }

/**
 * Every process of a Windows, or the one with this number: all that Corral asks of a process, in one question. Not
 * tried on a Windows; what `processesIn` reads are answers that others have published.
 */
export async function askWindows(pid: number | null = null): Promise<RunningProcess[]> {
  const filter = pid === null ? '' : ` -Filter 'ProcessId=${pid}'`
  const query = [
    // The console's own code page would turn letters that it does not have into question marks.
    '[Console]::OutputEncoding=[Text.UTF8Encoding]::new($false)',
    `Get-CimInstance Win32_Process${filter} | Select-Object ProcessId,ParentProcessId,CommandLine,CreationDate | ConvertTo-Json -Compress`,
  ].join(';')
  const asked = ['-NoProfile', '-NonInteractive', '-Command', query]
  const { stdout } = await run(binary('powershell.exe'), asked, { timeoutMs: withinMs })
  return processesIn(stdout)
}

/** Reads such an answer: an array, one object where there is one process, nothing where there is none. */
export function processesIn(answer: string): RunningProcess[] {
  const text = answer.replace(/^\uFEFF/, '').trim()
  if (text === '') return []
  try {
    const rows = JSON.parse(text) as Row | Row[] | null
    return withLivingParents([rows].flat().flatMap((row) => processOf(row) ?? []))
  } catch {
    return []
  }
}

function processOf(row: Row | null): RunningProcess | null {
  const pid = Number(row?.ProcessId)
  // The idle process, 0, is the parent of everything that has lost its own.
  if (!row || !Number.isInteger(pid) || pid <= 0) return null
  return {
    pid,
    parentPid: Number(row.ParentProcessId) || 0,
    groupId: null,
    command: typeof row.CommandLine === 'string' ? row.CommandLine : '',
    mark: markOf(row.CreationDate),
  }
}

/**
 * Windows never takes back the number of a parent that has ended, and gives it to others: one that began after its
 * child is not its parent, and must not take a stranger with it when it is ended.
 */
function withLivingParents(processes: RunningProcess[]): RunningProcess[] {
  const begunAtMs = new Map(processes.map(({ pid, mark }) => [pid, Number(/-?\d+/.exec(mark)?.[0] ?? Number.NaN)]))
  const isOlder = (pid: number, than: number) =>
    (begunAtMs.get(pid) ?? Number.NaN) < (begunAtMs.get(than) ?? Number.NaN)
  return processes.map((found) => (isOlder(found.pid, found.parentPid) ? { ...found, parentPid: 0 } : found))
}

/**
 * One form for one moment, whichever PowerShell answers: 5.1 writes /Date(…)/, alone or within an object, 7 writes ISO
 * 8601. It is the form in which marks lie on disk.
 */
function markOf(created: unknown): string {
  const told = typeof created === 'object' && created !== null ? (created as { value?: unknown }).value : created
  if (typeof told !== 'string') return ''
  const atMs = Number(/^\/Date\((-?\d+)/.exec(told)?.[1] ?? Date.parse(told))
  return Number.isFinite(atMs) ? JSON.stringify(`/Date(${atMs})/`) : ''
}
