import { accessSync, constants, readdirSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { binary, type Program } from '../../process/program'

/** nvidia-smi: in PATH, then where drivers put it (gpu.md 1.10). Null on a machine without. */
export function findNvidiaSmi(
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): Program | null {
  const name = platform === 'win32' ? 'nvidia-smi.exe' : 'nvidia-smi'
  const inPath = (environment.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
  const file = [...inPath, ...usualPlaces(platform, environment)].find(isExecutable)
  return file === undefined ? null : binary(file)
}

function usualPlaces(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] {
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

function isExecutable(file: string) {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}
