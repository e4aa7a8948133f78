import { setTimeout as pause } from 'node:timers/promises'
import { isStill, mayStillRun } from './known-process'
import { listProcesses } from './process-list'
import type { KnownProcess, RunningProcess } from './running-process'

const lookEveryMs = 50
/** One that a stuck driver holds even after a kill is not waited for. */
const lastPatienceMs = 3000

/**
 * What a process that has died left behind of these programs: they have another parent by then, but stay in the group
 * that it led; on Windows they keep its number. None while the number belongs to a living process, which then leads a
 * group of its own.
 */
export async function leftBehind(pid: number, program: RegExp): Promise<RunningProcess[]> {
  const processes = await listProcesses()
  if (processes.some((found) => found.pid === pid)) return []
  return processes.filter(
    ({ groupId, parentPid, command }) => (groupId === pid || parentPid === pid) && program.test(command),
  )
}

/** Asks a process to end, waits, ends it by force. */
export async function endProcess(known: KnownProcess, graceMs: number): Promise<void> {
  if (!(await isStill(known))) return
  signal(known.pid, 'SIGTERM')
  if (await hasEndedWithin(known, graceMs)) return
  if (!(await isStill(known))) return
  signal(known.pid, 'SIGKILL')
  await hasEndedWithin(known, lastPatienceMs)
}

async function hasEndedWithin(known: KnownProcess, durationMs: number): Promise<boolean> {
  // A clock that is set back must not hold this up.
  const untilMs = performance.now() + durationMs
  while (performance.now() < untilMs) {
    if (!(await mayStillRun(known))) return true
    await pause(lookEveryMs)
  }
  return false
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // It ended between the look and the signal.
  }
}
