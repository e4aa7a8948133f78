import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:http'
import { startHolding } from '../../cards/holder'
import { isOldStyle } from '../manners/version-style'
import type { LoadStory } from './load-story'

type Asked = Omit<LoadStory, 'commandArguments'>

/** The arguments of a runner, as each version gives them: they tell what is really in force. */
export const runnerArguments = (asked: Asked): string[] =>
  isOldStyle(asked.configuration.version) ? oldArguments(asked) : newArguments(asked)

function oldArguments({ weightsFile, options, plan, port, configuration, settings }: Asked): string[] {
  const counts = plan.placement.layerCounts.filter((count) => count > 0)
  const { layers } = plan.placement
  const isFlash = plan.flashAttention === 'on'
  return [
    ...['runner', '--model', weightsFile],
    ...['--ctx-size', String(options.contextLength * plan.parallel)],
    ...['--batch-size', String(plan.batchSize)],
    ...(layers > 0 || options.gpuLayers >= 0 ? ['--n-gpu-layers', String(layers)] : []),
    ...(settings.isDebug ? ['--verbose'] : []),
    ...(options.mainGpu ? ['--main-gpu', String(options.mainGpu)] : []),
    ...['--threads', String(options.threads ?? configuration.threads)],
    ...(isFlash ? ['--flash-attn'] : []),
    ...(isFlash && settings.keyValueType ? ['--kv-cache-type', settings.keyValueType] : []),
    ...(plan.usesMmap ? [] : ['--no-mmap']),
    ...['--parallel', String(plan.parallel)],
    ...(counts.length > 1 ? ['--tensor-split', counts.join(',')] : []),
    ...['--port', String(port)],
  ]
}

function newArguments({ weightsFile, options, plan, port, model, settings }: Asked): string[] {
  const type = settings.keyValueType
  const isEmbedding = !model.manifest.simulated.capabilities.includes('completion')
  return [
    ...['--model', weightsFile, '--port', String(port), '--host', '127.0.0.1', '--no-webui', '--offline'],
    ...['-c', String(options.contextLength * plan.parallel), '-np', String(plan.parallel)],
    ...['--log-verbosity', '4', '--no-log-prefix', '--no-log-timestamps', '--no-jinja', '--chat-template', 'chatml'],
    ...(plan.usesMmap ? [] : ['--load-mode', 'none']),
    ...(type ? ['--cache-type-k', type, '--cache-type-v', type] : []),
    ...['--flash-attn', plan.flashAttention],
    ...(isEmbedding ? ['--embedding'] : []),
    ...['-b', String(plan.batchSize), '-ub', String(plan.batchSize)],
    ...(options.gpuLayers >= 0 ? ['-ngl', String(options.gpuLayers)] : []),
    ...(options.threads ? ['-t', String(options.threads)] : []),
    ...(plan.isOnSingleCard ? ['--split-mode', 'none', '--main-gpu', '0'] : []),
    ...['--context-shift', '--keep', '4'],
  ]
}

/** The command line as the log shows it. */
export const commandLine = ({ configuration, commandArguments }: LoadStory) =>
  `${runnerFile(configuration.version)} ${commandArguments.join(' ')}`

/** How a runner is named in the log and in the list of processes on the cards. */
export const runnerFile = (version: string) =>
  isOldStyle(version) ? '/usr/local/bin/ollama' : '/usr/local/lib/ollama/llama-server'

/** Starts the child that stands for a runner: it holds (simulated) memory until it is told to end, even without its server. */
export function startRunner({ configuration, commandArguments, plan }: LoadStory): ChildProcess {
  const { version, stateFolder } = configuration
  const name = isOldStyle(version) ? [] : ['llama-server']
  return spawn(process.execPath, [process.argv[1] ?? '', ...name, ...commandArguments], {
    stdio: 'ignore',
    env: {
      ...process.env,
      CORRAL_SIMULATED_HOLD: JSON.stringify({
        stateFolder,
        name: runnerFile(version),
        cardBytes: plan.placement.cardBytes,
      }),
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
