import { setTimeout as pause } from 'node:timers/promises'
import { execa } from 'execa'
import { childEnvironment } from './environment'
import type { Program } from './program'

export type RunResult = {
  exitCode: number | null // null: it never ran, or died by a signal
  signal: string | null
  stdout: string
  stderr: string
  timedOut: boolean
  notFound: boolean
}

/** How long a program may take to die; one that a stuck driver holds even then is not waited for. */
const lastPatienceMs = 3000

/** Runs a program to its end, for at most `timeoutMs`; never throws, since its output is the answer either way. */
export async function run(
  program: Program,
  commandArguments: readonly string[],
  options: {
    timeoutMs: number
    environment?: Record<string, string>
    signal?: AbortSignal
    /** `latin1`: a letter a byte, for what may be in any code page. */
    encoding?: 'utf8' | 'latin1'
  },
): Promise<RunResult> {
  const running = execa(program.file, [...program.leadingArguments, ...commandArguments], {
    env: childEnvironment({ ...program.environment, ...options.environment }),
    extendEnv: false,
    timeout: options.timeoutMs,
    forceKillAfterDelay: 500,
    stdin: 'ignore',
    reject: false,
    windowsHide: true,
    maxBuffer: 16 * 2 ** 20,
    stripFinalNewline: false,
    encoding: options.encoding ?? 'utf8',
    ...(options.signal ? { cancelSignal: options.signal } : {}),
  })
  const patience = new AbortController()
  const stuck = pause(options.timeoutMs + lastPatienceMs, null, { signal: patience.signal }).catch(() => null)
  const result = await Promise.race([running, stuck])
  patience.abort()
  if (result === null) return { exitCode: null, signal: null, stdout: '', stderr: '', timedOut: true, notFound: false }
  return {
    exitCode: result.exitCode ?? null,
    signal: result.signal ?? null,
    stdout: result.stdout ?? '',
    stderr: result.stderr ?? '',
    timedOut: result.timedOut,
    notFound: result.code === 'ENOENT',
  }
}
