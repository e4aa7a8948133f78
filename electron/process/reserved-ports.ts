import { binary } from './program'
import { run } from './run'

/** Whether Windows keeps this port for itself (Hyper-V, WSL and Docker have it reserve hundreds); elsewhere never. */
export async function isReservedPort(port: number): Promise<boolean> {
  if (process.platform !== 'win32') return false
  const query = ['interface', 'ipv4', 'show', 'excludedportrange', 'protocol=tcp']
  const { stdout } = await run(binary('netsh.exe'), query, { timeoutMs: 5000 })
  return reservedRanges(stdout).some(([first, last]) => first <= port && port <= last)
}

/** The rows of netsh, whatever language its heads are in: two numbers, and a star behind some. */
export function reservedRanges(text: string): [first: number, last: number][] {
  return [...text.matchAll(/^\s*(\d+)\s+(\d+)\s*\*?\s*$/gm)].map((row) => [Number(row[1]), Number(row[2])])
}
