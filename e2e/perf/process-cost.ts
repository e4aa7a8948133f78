import { readFileSync } from 'node:fs'

const ticksPerSecond = 100 // USER_HZ, the same on every Linux

export type Cost = { cpuSeconds: number; residentBytes: number }

/** What a process has used so far: processor time, and the memory that is its own share (PSS). Linux only. */
export function costOf(pid: number): Cost {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? []
  const share = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1]
  return { cpuSeconds: (Number(fields[11]) + Number(fields[12])) / ticksPerSecond, residentBytes: Number(share) * 1024 }
}

/** Processor use until something has happened, in percent of one core. */
export async function usedPercent(pids: readonly number[], end: Promise<unknown>): Promise<number> {
  const total = () => pids.reduce((sum, pid) => sum + costOf(pid).cpuSeconds, 0)
  const [before, startedAtMs] = [total(), performance.now()]
  await end
  return ((total() - before) / ((performance.now() - startedAtMs) / 1000)) * 100
}
