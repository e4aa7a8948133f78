import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { NvidiaSmiFault } from './configuration'

/** What the simulated server tells the simulated nvidia-smi, through a file that both know. */
export type MachineState = {
  serverPid: number
  /** Share of the last interval each card worked. */
  cards: { busyShare: number }[]
  processes: { pid: number; name: string; cardBytes: number[] }[]
  fault: NvidiaSmiFault | null
}

const file = (folder: string) => join(folder, 'machine.json')

export function writeMachineState(folder: string | null, state: MachineState): void {
  if (!folder) return
  mkdirSync(folder, { recursive: true })
  const temporary = `${file(folder)}.${process.pid}`
  writeFileSync(temporary, JSON.stringify(state))
  renameSync(temporary, file(folder))
}

export function readMachineState(folder: string | null): MachineState | null {
  if (!folder) return null
  try {
    return JSON.parse(readFileSync(file(folder), 'utf8')) as MachineState
  } catch {
    return null
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
