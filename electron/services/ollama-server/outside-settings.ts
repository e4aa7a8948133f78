import { homedir } from 'node:os'
import { join } from 'node:path'
import type { OutsideSetting, OutsideSettings } from '../../../shared/contract/server-settings'
import { isLoaderVariable } from '../../../shared/ollama/refused-variables'
import { readServiceUnit, type ServiceUnit } from './service-unit'

type Surroundings = { environment: NodeJS.ProcessEnv; unit: () => ServiceUnit | null; home: string }

const own: Surroundings = { environment: process.env, unit: () => readServiceUnit(), home: homedir() }

const isOllamas = (name: string) => /^OLLAMA_[A-Z0-9_]+$/.test(name) && !isLoaderVariable(name)

/** Settings of Ollama that lie outside Corral's form: it hands none of them on, and offers to take them into it. */
export function outsideSettings({ environment, unit, home }: Surroundings = own): OutsideSettings {
  const service = unit()
  const found = (variables: NodeJS.ProcessEnv, source: OutsideSetting['source']): OutsideSetting[] =>
    Object.entries(variables)
      .filter(([name, value]) => isOllamas(name) && value !== undefined && value.trim() !== '')
      .map(([name, value]) => ({ name, value: value ?? '', source }))
      .sort((left, right) => (left.name < right.name ? -1 : 1))
  const folder: OutsideSetting[] = service?.modelsFolder
    ? [{ name: 'OLLAMA_MODELS', value: service.modelsFolder, source: 'service' }]
    : []
  return {
    variables: [
      ...found(environment, 'environment'),
      ...found({ ...service?.environment, OLLAMA_MODELS: undefined }, 'service'),
      ...folder,
    ],
    usualModelsFolder: join(home, '.ollama', 'models'),
  }
}
