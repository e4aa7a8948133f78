import type { ChildProcess } from 'node:child_process'
import { spawn } from 'node:child_process'
import { isOldStyle } from './configuration'

export type RunnerOptions = {
  version: string
  blobFile: string
  contextLength: number
  parallel: number
  threads: number
  layers: number
  isOnGpu: boolean
  flashAttention: boolean
  keyValueType: string
  port: number
}

/** The arguments of a runner, as each version gives them: they tell what is really in force. */
export function runnerArguments(options: RunnerOptions): string[] {
  const { blobFile, contextLength, parallel, port } = options
  if (isOldStyle(options.version)) {
    return [
      ...['runner', '--model', blobFile, '--ctx-size', String(contextLength * parallel), '--batch-size', '512'],
      ...(options.isOnGpu ? ['--n-gpu-layers', String(options.layers)] : []),
      ...['--threads', String(options.threads)],
      ...(options.flashAttention ? ['--flash-attn'] : []),
      ...(options.flashAttention && options.keyValueType ? ['--kv-cache-type', options.keyValueType] : []),
      ...(options.isOnGpu ? [] : ['--no-mmap']),
      ...['--parallel', String(parallel), '--port', String(port)],
    ]
  }
  return [
    ...['--model', blobFile, '--port', String(port), '--host', '127.0.0.1', '--no-webui', '--offline'],
    ...['-c', String(contextLength * parallel), '-np', String(parallel), '--log-verbosity', '4', '--no-log-prefix'],
    ...['--no-log-timestamps', '--no-jinja', '--chat-template', 'chatml'],
    ...['--flash-attn', options.flashAttention ? 'on' : 'auto'],
    ...(options.keyValueType ? ['--cache-type-k', options.keyValueType, '--cache-type-v', options.keyValueType] : []),
    ...['-b', '512', '-ub', '512', '--context-shift', '--keep', '4'],
  ]
}

/** How a runner is named in the log and in the process list. */
export const runnerName = (version: string) => (isOldStyle(version) ? 'ollama' : 'llama-server')

/** Starts the child that stands for a runner: it holds (simulated) memory until it is told to end, even without its server. */
export function startRunner(commandArguments: string[], version: string): ChildProcess {
  const name = isOldStyle(version) ? [] : ['llama-server']
  return spawn(process.execPath, [process.argv[1] ?? '', ...name, ...commandArguments], {
    stdio: 'ignore',
    env: process.env,
  })
}

/** The runner's own life. */
export function liveAsRunner(): void {
  const heartbeat = setInterval(() => {}, 2 ** 30)
  process.on('SIGTERM', () => {
    clearInterval(heartbeat)
    process.exit(0)
  })
}
