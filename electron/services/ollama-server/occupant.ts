import { readFileSync, readlinkSync } from 'node:fs'
import type { ServerOwner } from '../../../shared/contract/server'
import { findListener } from '../../process/port-owner'
import { findProcess, listProcesses } from '../../process/process-list'

export type Occupant = { pid: number | null; name: string | null; owner: ServerOwner; file: string | null }

/** Who listens on a port of this machine, and who started it, as far as this user may see. */
export async function findOccupant(port: number): Promise<Occupant> {
  const pid = await findListener(port)
  if (pid === null) return { pid: null, name: null, owner: 'unknown', file: null }
  const found = await findProcess(pid)
  const name = found?.command.split(' ')[0]?.split(/[\\/]/).pop() || null
  return { pid, name, owner: await ownerOf(pid), file: programOf(pid) }
}

/** A user may see it of his own processes, root of all; of one in a container it is the path in there. */
function programOf(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/exe`)
  } catch {
    return null
  }
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

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}
