import { setTimeout as pause } from 'node:timers/promises'
import { findProcess, listProcesses, type RunningProcess } from './process-list'

/** A process told by more than its number, which the system gives to another one later. */
export type KnownProcess = { pid: number; mark: string }

const lookEveryMs = 50

const runnerProgram = /ollama|llama-server/i

/**
 * The runners of a server that has died: they have another parent by then, but stay in the group it led; on Windows they
 * keep its number. None while the number belongs to a living process, which then leads a group of its own.
 */
export async function leftBehind(serverPid: number): Promise<RunningProcess[]> {
  const processes = await listProcesses()
  if (processes.some(({ pid }) => pid === serverPid)) return []
  return processes.filter(
    ({ groupId, parentPid, command }) =>
      (groupId === serverPid || parentPid === serverPid) && runnerProgram.test(command),
  )
}

export async function isStill(known: KnownProcess): Promise<boolean> {
  return (await findProcess(known.pid))?.mark === known.mark
}

/** Asks a process to end, waits, ends it by force. */
export async function endProcess(known: KnownProcess, graceMs: number): Promise<void> {
  if (!(await isStill(known))) return
  signal(known.pid, 'SIGTERM')
  const untilMs = performance.now() + graceMs
  while (performance.now() < untilMs) {
    if (!(await isStill(known))) return
    await pause(lookEveryMs)
  }
  if (await isStill(known)) signal(known.pid, 'SIGKILL')
  while (await isStill(known)) await pause(lookEveryMs)
}

function signal(pid: number, name: NodeJS.Signals) {
  try {
    process.kill(pid, name)
  } catch {
    // It ended between the look and the signal.
  }
}
