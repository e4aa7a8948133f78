import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Child } from '../process/child'
import { type Configuration, type Faults, writeConfiguration } from './configuration'
import { simulatorPrograms } from './programs'

const bundleFolder = resolve(import.meta.dirname, '../../dist/electron')

/** The simulated server as a process of its own on a free port, for tests of the harness against exact deadlines. */
export async function startSimulatedOllama(
  configuration: Partial<Configuration>,
  environment: Record<string, string> = {},
) {
  const folder = mkdtempSync(join(tmpdir(), 'simulated-'))
  const file = join(folder, 'simulator.json')
  writeConfiguration(file, {
    installed: ['llama3.2:1b'],
    startDelayMs: 0,
    loadSecondsPerGibibyte: 0.05,
    ...configuration,
  })
  const child = Child.start(simulatorPrograms(bundleFolder, file).ollama, ['serve'], {
    environment: { HOME: folder, OLLAMA_HOST: '127.0.0.1:0', ...environment },
  })
  const baseUrl = await new Promise<string>((resolve, reject) => {
    let said = ''
    child.process.stderr?.on('data', (chunk) => {
      said = (said + chunk).slice(-20_000)
      const port = /Listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1]
      if (port) resolve(`http://127.0.0.1:${port}`)
    })
    void child.exited.then(() => reject(new Error(`the simulator ended: ${said}`)))
  })
  return {
    baseUrl,
    child,
    setFaults: (faults: Faults) =>
      fetch(`${baseUrl}/simulator/faults`, { method: 'POST', body: JSON.stringify(faults) }).then((response) =>
        response.text(),
      ),
    sent: async () => {
      const { sent } = (await (await fetch(`${baseUrl}/simulator/state`)).json()) as { sent: SentRecord[] }
      return sent
    },
    async stop() {
      await child.stop(2000)
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

type SentRecord = { promptTokens: number; arrivedAtMs: number; prefilledAtMs: number; tokenDueAtMs: number[] }
