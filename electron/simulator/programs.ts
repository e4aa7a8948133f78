import { join } from 'node:path'
import { bundledScript, type Program } from '../process/program'

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
