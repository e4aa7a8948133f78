import { readdirSync, readFileSync } from 'node:fs'
import { binary } from './program'
import { run } from './run'
import type { RunningProcess } from './running-process'
import { askWindows } from './windows-processes'

/** Every living process; a zombie is not alive. Command lines of other users may be empty. */
export async function listProcesses(platform = process.platform): Promise<RunningProcess[]> {
  if (platform === 'linux') return readdirSync('/proc').flatMap((entry) => fromProc(Number(entry)) ?? [])
  return platform === 'win32' ? askWindows() : askPs(['-ax'])
}

/** One living process, or null. */
export async function findProcess(pid: number): Promise<RunningProcess | null> {
  if (process.platform === 'linux') return fromProc(pid)
  if (!Number.isInteger(pid) || pid <= 0) return null
  const found = process.platform === 'win32' ? await askWindows(pid) : await askPs(['-p', String(pid)])
  return found[0] ?? null
}

/** The living descendants of a process, nearest first. On Linux only their command lines are read, not everybody's. */
export async function listDescendants(pid: number): Promise<RunningProcess[]> {
  if (process.platform !== 'linux') return descendantsOf(pid, await listProcesses())
  const processes = readdirSync('/proc').flatMap((entry) => statOf(Number(entry)) ?? [])
  return descendantsOf(pid, processes).flatMap((found) => withCommand(found) ?? [])
}

/** All children of a process and theirs, nearest first. */
export function descendantsOf<Listed extends Pick<RunningProcess, 'pid' | 'parentPid'>>(
  pid: number,
  processes: readonly Listed[],
): Listed[] {
  const children = processes.filter((candidate) => candidate.parentPid === pid)
  return children.flatMap((child) => [child, ...descendantsOf(child.pid, processes)])
}

function fromProc(pid: number): RunningProcess | null {
  const stat = statOf(pid)
  return stat && withCommand(stat)
}

/** When a process began, in the system's own words; null where it has ended. */
export async function markOf(pid: number): Promise<string | null> {
  return (process.platform === 'linux' ? statOf(pid) : await findProcess(pid))?.mark ?? null
}

type Stat = Omit<RunningProcess, 'command'>

function statOf(pid: number): Stat | null {
  if (!Number.isInteger(pid)) return null
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in parentheses may hold blanks and parentheses of its own.
    const cells = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, parentPid, groupId] = cells
    if (state === 'Z' || state === 'X') return null
    return { pid, parentPid: Number(parentPid), groupId: Number(groupId), mark: cells[19] ?? '' }
  } catch {
    return null
  }
}

function withCommand(stat: Stat): RunningProcess | null {
  try {
    const command = readFileSync(`/proc/${stat.pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return { ...stat, command }
  } catch {
    return null
  }
}

async function askPs(which: readonly string[]): Promise<RunningProcess[]> {
  const { stdout } = await run(binary('/bin/ps'), [...which, '-o', 'pid=,ppid=,pgid=,state=,lstart=,command='], {
    timeoutMs: 5000,
  })
  return stdout.split('\n').flatMap((line) => {
    const match = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(\S+)\s+(\w+ +\w+ +\d+ +[\d:]+ +\d+)\s+(.*)$/.exec(line)
    if (!match) return []
    const [, pid, parentPid, groupId, state, mark = '', command = ''] = match
    if (state?.startsWith('Z')) return []
    return [{ pid: Number(pid), parentPid: Number(parentPid), groupId: Number(groupId), command, mark }]
  })
}
