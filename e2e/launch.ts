import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { freePort } from '../electron/process/free-port.testing'
import { type Configuration, writeConfiguration } from '../electron/simulator/configuration'
import type { PreferencesChange } from '../shared/contract/settings'

/** What a test wants of the start; all of it has a default. */
export type Launch = {
  /** False leaves the simulator out: the machine's own Ollama, if `environment` lets one be found. */
  isDemo?: boolean
  /** Over the simulator's defaults: a fast card, quick loads, two small models. */
  simulator?: Partial<Configuration>
  preferences?: PreferencesChange
  /** Over the environment of the tests. */
  environment?: Record<string, string>
}

/** A data folder with everything of its own: settings, the simulator's configuration, a free port for its server. */
export async function prepareDataFolder({ simulator, preferences }: Launch) {
  const dataFolder = mkdtempSync(join(tmpdir(), 'corral-e2e-'))
  const serverPort = await freePort()
  const write = (name: string, value: unknown) => writeFileSync(join(dataFolder, name), JSON.stringify(value))
  write('settings.json', {
    version: 1,
    preferences: { language: 'en', theme: 'light', onQuit: 'stop', ...preferences },
  })
  write('server-settings.json', { version: 1, real: { port: serverPort }, simulated: { port: serverPort } })
  mkdirSync(join(dataFolder, 'simulator'))
  configureSimulator(dataFolder, simulator)
  return { dataFolder, serverPort }
}

export function configureSimulator(dataFolder: string, simulator: Partial<Configuration> = {}): void {
  writeConfiguration(join(dataFolder, 'simulator', 'configuration.json'), {
    stateFolder: join(dataFolder, 'simulator', 'state'),
    installed: ['llama3.2:1b', 'qwen3:8b'],
    startDelayMs: 0,
    loadSecondsPerGibibyte: 0.02,
    ...simulator,
  })
}
