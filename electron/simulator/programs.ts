import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { bundledScript, type Program } from '../process/program'
import { writeConfiguration } from './configuration'

/** The simulator's two programs, run by our own Node and told where their configuration lies. */
export function simulatorPrograms(
  bundleFolder: string,
  configurationFile: string,
): { ollama: Program; nvidiaSmi: Program } {
  const program = (name: string): Program => {
    const script = bundledScript(join(bundleFolder, 'simulator', `${name}.cjs`))
    return { ...script, environment: { ...script.environment, CORRAL_SIMULATOR: configurationFile } }
  }
  return { ollama: program('ollama'), nvidiaSmi: program('nvidia-smi') }
}

/** The simulator of this data folder: its configuration is written once, and may be edited by hand from then on. */
export function prepareSimulator(folder: string, bundleFolder: string): { ollama: Program; nvidiaSmi: Program } {
  const file = join(folder, 'configuration.json')
  mkdirSync(folder, { recursive: true })
  if (!existsSync(file)) {
    writeConfiguration(file, {
      version: '0.32.15',
      stateFolder: join(folder, 'state'),
      installed: ['llama3.3:70b-instruct-q4_K_M', 'qwen3:8b', 'llama3.2:3b', 'nomic-embed-text:v1.5'],
    })
  }
  const { ollama, nvidiaSmi } = simulatorPrograms(bundleFolder, file)
  const environment = { ...ollama.environment, OLLAMA_MODELS: join(folder, 'models') }
  return { ollama: { ...ollama, environment }, nvidiaSmi }
}
