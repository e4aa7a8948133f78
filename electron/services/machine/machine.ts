import { readFileSync } from 'node:fs'
import { statfs } from 'node:fs/promises'
import { cpus, homedir, hostname, release, totalmem, type } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Machine as MachineState } from '../../../shared/contract/machine'
import { availableMemoryBytes } from '../../platform/available-memory'

const everyMs = 5000

/** The machine Corral runs on; read only while somebody watches. */
export class Machine {
  constructor(private readonly modelsFolder: () => string | null) {}

  async *watch(signal: AbortSignal | undefined): AsyncGenerator<MachineState, void, void> {
    while (!signal?.aborted) {
      yield await this.#read()
      await pause(everyMs, undefined, { signal }).catch(() => {})
    }
  }

  async #read(): Promise<MachineState> {
    const modelsFolder = this.modelsFolder()
    const disk = modelsFolder === null ? null : await nearestDisk(modelsFolder)
    return {
      name: hostname(),
      system: systemName(),
      processor: cpus()[0]?.model.trim() ?? '',
      coreCount: cpus().length,
      memoryTotalBytes: totalmem(),
      memoryFreeBytes: availableMemoryBytes(),
      modelsFolder: modelsFolder?.startsWith(homedir()) ? `~${modelsFolder.slice(homedir().length)}` : modelsFolder,
      diskTotalBytes: disk && disk.blocks * disk.bsize,
      diskFreeBytes: disk && disk.bavail * disk.bsize,
      readAtMs: Date.now(),
    }
  }
}

/** The folder may not exist yet: the disk it would lie on is that of its nearest parent. */
async function nearestDisk(folder: string) {
  for (let current = folder; ; current = dirname(current)) {
    const disk = await statfs(current).catch(() => null)
    if (disk || current === dirname(current)) return disk
  }
}

function systemName() {
  try {
    const name = /^PRETTY_NAME="?([^"\n]*)/m.exec(readFileSync('/etc/os-release', 'utf8'))?.[1]
    if (name) return name
  } catch {
    // Only Linux has this file.
  }
  return `${type()} ${release()}`
}

/** Where Ollama keeps models when it is told nothing: our servers are not handed our own OLLAMA_MODELS. */
export const usualModelsFolder = () => join(homedir(), '.ollama', 'models')
