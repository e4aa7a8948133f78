import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { delimiter, join } from 'node:path'

export type Surroundings = { environment: NodeJS.ProcessEnv; platform: NodeJS.Platform }

export const ownSurroundings: Surroundings = { environment: process.env, platform: process.platform }

/** The files of a program on this machine that may be run, each once: those in PATH first, then the usual places. */
export function programFiles(name: string, usualPlaces: readonly string[], { environment, platform }: Surroundings) {
  const file = platform === 'win32' ? `${name}.exe` : name
  const folders = (environment.PATH ?? '').split(delimiter).filter(Boolean)
  return eachOnce([...folders.map((folder) => join(folder, file)), ...usualPlaces])
}

/** Those of these files that are there and may be run; one that leads to an earlier one is left out. */
export function eachOnce(files: readonly string[]): string[] {
  const seen = new Set<string>()
  return files.filter((file) => {
    if (!isExecutable(file)) return false
    const real = realpathSync(file)
    const isNew = !seen.has(real)
    seen.add(real)
    return isNew
  })
}

function isExecutable(file: string) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}
