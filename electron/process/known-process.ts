import { hasProcess } from '../platform/has-process'
import { markOf } from './process-list'
import type { KnownProcess } from './running-process'

/** Whether a process still runs: the very one, by its beginning. Outside of Linux this starts a program to ask. */
export async function isStill(known: KnownProcess): Promise<boolean> {
  return hasProcess(known.pid) && (await markOf(known.pid)) === known.mark
}

/**
 * Whether a process may still run, for whoever asks every second: nothing is started to find out. Outside of Linux
 * another process may have its number by now; before anything is done to it, ask `isStill`.
 */
export async function mayStillRun(known: KnownProcess): Promise<boolean> {
  return process.platform === 'linux' ? isStill(known) : hasProcess(known.pid)
}
