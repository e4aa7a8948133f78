import { readdirSync, readFileSync, readlinkSync } from 'node:fs'
import type { ServerOwner } from '../../../shared/contract/server'
import { findProcess, listProcesses } from '../../process/process-list'
import { binary } from '../../process/program'
import { run } from '../../process/run'

export type Occupant = { pid: number | null; name: string | null; owner: ServerOwner }

/** Who listens on a port of this machine, and who started it, as far as this user may see. */
export async function findOccupant(port: number): Promise<Occupant> {
  const pid = await listeningPid(port)
  if (pid === null) return { pid: null, name: null, owner: 'unknown' }
  const found = await findProcess(pid)
  const name = found?.command.split(' ')[0]?.split(/[\\/]/).pop() || null
  return { pid, name, owner: await ownerOf(pid) }
}

async function ownerOf(pid: number): Promise<ServerOwner> {
  const group = readText(`/proc/${pid}/cgroup`)
  if (/ollama\.service/.test(group)) return 'systemd'
  if (/docker|containerd|kubepods|libpod/.test(group)) return 'docker'
  const processes = await listProcesses()
  const own = processes.find((candidate) => candidate.pid === pid)
  const parent = processes.find((candidate) => candidate.pid === own?.parentPid)
  if (/docker-proxy|com\.docker/.test(own?.command ?? '')) return 'docker'
  if (/Ollama\.app|ollama app(\.exe)?/i.test(`${own?.command} ${parent?.command}`)) return 'desktop-app'
  return 'other'
}

async function listeningPid(port: number): Promise<number | null> {
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
