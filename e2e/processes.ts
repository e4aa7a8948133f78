import { readdirSync, readFileSync } from 'node:fs'

/** The living processes whose command line or environment names a folder. */
export function processesOf(folder: string): { pid: number; command: string }[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc').flatMap((name) => {
    const pid = Number(name)
    if (!Number.isInteger(pid) || pid === process.pid) return []
    const command = read(`/proc/${pid}/cmdline`).replaceAll('\0', ' ').trim()
    const isZombie = /^State:\s+Z/m.test(read(`/proc/${pid}/status`))
    const names = command.includes(folder) || read(`/proc/${pid}/environ`).includes(folder)
    return names && !isZombie ? [{ pid, command }] : []
  })
}

function read(file: string) {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return '' // it ended meanwhile, or is not ours to read
  }
}
