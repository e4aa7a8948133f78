import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { binary, type Program } from '../../process/program'
import { ownSurroundings, programFiles, type Surroundings } from '../../process/program-files'

/** nvidia-smi: in PATH, then where drivers put it (gpu.md 1.10). Null on a machine without. */
export function findNvidiaSmi(surroundings = ownSurroundings): Program | null {
  const [file] = programFiles('nvidia-smi', usualPlaces(surroundings), surroundings)
  return file === undefined ? null : binary(file)
}

function usualPlaces({ platform, environment }: Surroundings): string[] {
  if (platform !== 'win32') {
    return [
      '/usr/bin/nvidia-smi',
      '/usr/lib/nvidia/current/nvidia-smi',
      '/run/current-system/sw/bin/nvidia-smi',
      '/usr/lib/wsl/lib/nvidia-smi',
    ]
  }
  const system = join(environment.SystemRoot ?? 'C:\\Windows', 'System32')
  return [
    join(system, 'nvidia-smi.exe'),
    'C:\\Program Files\\NVIDIA Corporation\\NVSMI\\nvidia-smi.exe',
    ...driverStore(join(system, 'DriverStore', 'FileRepository')),
  ]
}

function driverStore(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((entry) => entry.startsWith('nv'))
      .map((entry) => join(folder, entry, 'nvidia-smi.exe'))
  } catch {
    return []
  }
}
