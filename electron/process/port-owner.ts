import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { binary } from './program'
import { run } from './run'

/** The process that listens on a port of this machine; null where nobody does, or where this user may not see it. */
export async function findListener(port: number): Promise<number | null> {
  if (process.platform === 'linux') return fromProc(port)
  if (process.platform === 'win32') {
    const { stdout } = await run(binary('netstat.exe'), ['-ano', '-p', 'TCP'], { timeoutMs: 5000 })
    const line = stdout.split(/\r?\n/).find((row) => row.includes(`:${port} `) && row.includes('LISTENING'))
    return Number(line?.trim().split(/\s+/).pop()) || null
  }
  const { stdout } = await run(binary('/usr/sbin/lsof'), ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-t'], {
    timeoutMs: 5000,
  })
  return Number(stdout.split('\n')[0]) || null
}

/** Linux: the socket's inode from the table of listeners, then the process that holds it open. */
function fromProc(port: number): number | null {
  const wanted = port.toString(16).toUpperCase().padStart(4, '0')
  const listening = `0A` // the state LISTEN
  const inodes = new Set(
    ['/proc/net/tcp', '/proc/net/tcp6'].flatMap((table) =>
      readText(table)
        .split('\n')
        .slice(1)
        .map((row) => row.trim().split(/\s+/))
        .filter((cells) => cells[1]?.endsWith(`:${wanted}`) && cells[3] === listening)
        .map((cells) => `socket:[${cells[9]}]`),
    ),
  )
  if (inodes.size === 0) return null
  for (const entry of readdirSync('/proc')) {
    if (!/^\d+$/.test(entry)) continue
    if (openFiles(entry).some((target) => inodes.has(target))) return Number(entry)
  }
  return null
}

/** The ports of this machine that this very process has sockets on; only Linux tells them. */
export function ownPorts(): Set<number> {
  const own = new Set(openFiles('self'))
  const rows = ['/proc/self/net/tcp', '/proc/self/net/tcp6'].flatMap((table) => readText(table).split('\n').slice(1))
  const cells = rows.map((row) => row.trim().split(/\s+/)).filter((row) => own.has(`socket:[${row[9]}]`))
  return new Set(cells.map((row) => Number.parseInt(row[1]?.split(':').pop() ?? '', 16)))
}

function openFiles(pid: string): string[] {
  try {
    return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
      try {
        return [readlinkSync(`/proc/${pid}/fd/${descriptor}`)]
      } catch {
        return []
      }
    })
  } catch {
    return []
  }
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
