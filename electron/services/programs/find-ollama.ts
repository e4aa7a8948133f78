import { accessSync, constants, realpathSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { delimiter, join } from 'node:path'
import type { Program } from '../../process/program'
import { run } from '../../process/run'

const versionTimeoutMs = 8000

/** Where Ollama lies by the custom of each system, after PATH. */
function usualPlaces(platform: NodeJS.Platform, environment: NodeJS.ProcessEnv): string[] {
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
export function findOllamaFiles(
  pointedAt: string | null,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string[] {
  const name = platform === 'win32' ? 'ollama.exe' : 'ollama'
  const inPath = (environment.PATH ?? '')
    .split(delimiter)
    .filter(Boolean)
    .map((folder) => join(folder, name))
  const seen = new Set<string>()
  return [...(pointedAt ? [pointedAt] : []), ...inPath, ...usualPlaces(platform, environment)].filter((file) => {
    if (!isExecutable(file)) return false
    const real = realpathSync(file)
    if (seen.has(real)) return false
    seen.add(real)
    return true
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
