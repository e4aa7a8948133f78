import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { startHolding } from '../cards/holder'
import type { Configuration } from '../configuration'
import { isOldStyle } from '../server/version-style'
import type { LoadOptions } from './load-options'
import type { Placement } from './placement'

export type RunnerOptions = {
  version: string
  weightsFile: string
  options: LoadOptions
  parallel: number
  threads: number
  layers: number
  layerCounts: number[]
  batchSize: number
  isEmbedding: boolean
  isDebug: boolean
  isOnSingleCard: boolean
  usesMmap: boolean
  flashAttention: 'on' | 'off' | 'auto'
  keyValueType: string
  port: number
}

/** The arguments of a runner, as each version gives them: they tell what is really in force. */
export const runnerArguments = (runner: RunnerOptions): string[] =>
  isOldStyle(runner.version) ? oldArguments(runner) : newArguments(runner)

const oldArguments = (runner: RunnerOptions): string[] => [
  ...['runner', '--model', runner.weightsFile],
  ...['--ctx-size', String(runner.options.contextLength * runner.parallel)],
  ...['--batch-size', String(runner.batchSize)],
  ...(runner.layers > 0 || runner.options.gpuLayers >= 0 ? ['--n-gpu-layers', String(runner.layers)] : []),
  ...(runner.isDebug ? ['--verbose'] : []),
  ...(runner.options.mainGpu ? ['--main-gpu', String(runner.options.mainGpu)] : []),
  ...['--threads', String(runner.options.threads ?? runner.threads)],
  ...(runner.flashAttention === 'on' ? ['--flash-attn'] : []),
  ...(runner.flashAttention === 'on' && runner.keyValueType ? ['--kv-cache-type', runner.keyValueType] : []),
  ...(runner.usesMmap ? [] : ['--no-mmap']),
  ...['--parallel', String(runner.parallel)],
  ...(runner.layerCounts.filter((count) => count > 0).length > 1
    ? ['--tensor-split', runner.layerCounts.filter((count) => count > 0).join(',')]
    : []),
  ...['--port', String(runner.port)],
]

const newArguments = (runner: RunnerOptions): string[] => [
  ...['--model', runner.weightsFile, '--port', String(runner.port), '--host', '127.0.0.1', '--no-webui', '--offline'],
  ...['-c', String(runner.options.contextLength * runner.parallel), '-np', String(runner.parallel)],
  ...['--log-verbosity', '4', '--no-log-prefix', '--no-log-timestamps', '--no-jinja', '--chat-template', 'chatml'],
  ...(runner.usesMmap ? [] : ['--load-mode', 'none']),
  ...(runner.keyValueType ? ['--cache-type-k', runner.keyValueType, '--cache-type-v', runner.keyValueType] : []),
  ...['--flash-attn', runner.flashAttention],
  ...(runner.isEmbedding ? ['--embedding'] : []),
  ...['-b', String(runner.batchSize), '-ub', String(runner.batchSize)],
  ...(runner.options.gpuLayers >= 0 ? ['-ngl', String(runner.options.gpuLayers)] : []),
  ...(runner.options.threads ? ['-t', String(runner.options.threads)] : []),
  ...(runner.isOnSingleCard ? ['--split-mode', 'none', '--main-gpu', '0'] : []),
  ...['--context-shift', '--keep', '4'],
]

/** How a runner is named in the log and in the list of processes on the cards. */
export const runnerFile = (version: string) =>
  isOldStyle(version) ? '/usr/local/bin/ollama' : '/usr/local/lib/ollama/llama-server'

/** Starts the child that stands for a runner: it holds (simulated) memory until it is told to end, even without its server. */
export function startRunner(
  commandArguments: string[],
  { version, stateFolder }: Configuration,
  placement: Placement,
): ChildProcess {
  const name = isOldStyle(version) ? [] : ['llama-server']
  return spawn(process.execPath, [process.argv[1] ?? '', ...name, ...commandArguments], {
    stdio: 'ignore',
    env: {
      ...process.env,
      CORRAL_SIMULATED_HOLD: JSON.stringify({ stateFolder, name: runnerFile(version), cardBytes: placement.cardBytes }),
    },
  })
}

/** The runner's own life: it answers on its port, holds its memory, and obeys SIGTERM. */
export function liveAsRunner(): void {
  const { argv } = process
  const port = Number(argv[argv.indexOf('--port') + 1])
  const hold = startHolding(process.env.CORRAL_SIMULATED_HOLD)
  const server = createServer((request, response) => {
    response.writeHead(request.url === '/health' ? 200 : 404, { 'Content-Type': 'application/json' })
    response.end(request.url === '/health' ? '{"status":"ok"}' : '{}')
  })
  server.on('error', () => {})
  server.listen(port, '127.0.0.1')
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      hold.end()
      process.exit(0)
    })
  }
}
