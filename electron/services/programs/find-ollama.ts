import { homedir } from 'node:os'
import { join } from 'node:path'
import type { Program } from '../../process/program'
import { eachOnce, ownSurroundings, programFiles, type Surroundings } from '../../process/program-files'
import { run } from '../../process/run'

const versionTimeoutMs = 8000

/** Where Ollama lies by the custom of each system, after PATH. */
function usualPlaces({ platform, environment }: Surroundings): string[] {
  if (platform === 'win32') {
    return [
      join(environment.LOCALAPPDATA ?? '', 'Programs', 'Ollama', 'ollama.exe'),
      'C:\\Program Files\\Ollama\\ollama.exe',
    ]
  }
  if (platform === 'darwin') {
    return ['/usr/local/bin/ollama', '/opt/homebrew/bin/ollama', '/Applications/Ollama.app/Contents/Resources/ollama']
  }
  return [
    '/usr/local/bin/ollama',
    '/usr/bin/ollama',
    '/opt/ollama/bin/ollama',
    '/snap/bin/ollama',
    join(homedir(), '.local', 'bin', 'ollama'),
    join(homedir(), '.local', 'share', 'corral', 'ollama', 'bin', 'ollama'),
  ]
}

/** The Ollama programs of this machine, each once: the one pointed at, those in PATH, those in the usual places. */
export function findOllamaFiles(pointedAt: string | null, surroundings = ownSurroundings): string[] {
  const found = programFiles('ollama', usualPlaces(surroundings), surroundings)
  return eachOnce(pointedAt ? [pointedAt, ...found] : found)
}

/**
 * The version of the program itself. Without the address where nothing listens it would tell that of a running server
 * (ollama.md, 6). Null when it is not Ollama or does not say.
 */
export async function readProgramVersion(program: Program): Promise<string | null> {
  const { stdout, stderr } = await run(program, ['--version'], {
    timeoutMs: versionTimeoutMs,
    environment: { OLLAMA_HOST: '127.0.0.1:1' },
  })
  const said = `${stdout}\n${stderr}`
  return (
    /client version is v?(\d[\w.+-]*)/.exec(said)?.[1] ?? /ollama version is v?(\d[\w.+-]*)/.exec(said)?.[1] ?? null
  )
}
