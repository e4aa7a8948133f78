import { readConfiguration } from './configuration'
import { isEveryInterface } from './ollama/manners/host-address'
import { readServeSettings } from './ollama/manners/serve-settings'
import { liveAsRunner } from './ollama/scheduling/runner'
import { serve } from './ollama/server/serve'

/** The simulated `ollama` executable. */
async function main(): Promise<void> {
  const [command] = process.argv.slice(2)
  switch (command) {
    case 'serve':
    case 'start':
      return serve()
    case 'runner':
    case 'llama-server':
      return liveAsRunner()
    case '--version':
    case '-v':
      return sayVersion()
    default:
      process.stderr.write(`Error: unknown command "${command ?? ''}" for "ollama"\n`)
      process.exitCode = 1
  }
}

/** Tells the server's version when one answers, its own otherwise: a trap for whoever asks which binary this is. */
async function sayVersion(): Promise<void> {
  const { version, cards } = readConfiguration()
  const { host, port } = readServeSettings(process.env, version, cards).address
  const name = isEveryInterface(host) ? '127.0.0.1' : host.includes(':') ? `[${host}]` : host
  const answer = await fetch(`http://${name}:${port}/api/version`).then(
    async (reply) => ((await reply.json()) as { version: string }).version,
    () => null,
  )
  if (answer === null) process.stdout.write('Warning: could not connect to a running Ollama instance\n')
  else process.stdout.write(`ollama version is ${answer}\n`)
  if (answer !== version) process.stdout.write(`Warning: client version is ${version}\n`)
}

void main()
