import type { ServerSettings } from './chosen-settings'
import { settingDurationMs } from './go-duration'
import { isLoaderVariable } from './refused-variables'
import { type Setting, settingById, settings } from './settings'

/** Why a value is refused: a key of the page's texts. */
export type SettingProblem =
  | 'count'
  | 'range'
  | 'duration'
  | 'bytes'
  | 'switch'
  | 'choice'
  | 'folder'
  | 'text'
  | 'unknown'

/**
 * Whether Ollama would accept this text as it is meant; null when it would. Ollama itself never refuses: what it cannot
 * read it replaces by its default, which is why Corral does not let it through.
 */
export function validateSetting(setting: Setting, text: string): SettingProblem | null {
  switch (setting.kind) {
    case 'count': {
      if (!/^\d+$/.test(text)) return 'count'
      const value = Number(text)
      return value >= setting.minimum && value <= setting.maximum ? null : 'range'
    }
    case 'duration':
      return settingDurationMs(text) === null ? 'duration' : null
    case 'bytes':
      return /^\d{1,15}$/.test(text) ? null : 'bytes'
    case 'switch':
      return text === '0' || text === '1' ? null : 'switch'
    case 'choice':
      return setting.choices.includes(text) ? null : 'choice'
    case 'folder':
      return /^(\/|~\/|[A-Za-z]:[\\/])[^\0]*$/.test(text) ? null : 'folder'
    case 'text':
      return text !== '' && !/[\0\n]/.test(text) && (setting.pattern?.test(text) ?? true) ? null : 'text'
  }
}

const hostName = /^(\[[0-9a-f:.]+\]|[0-9a-f]*:[0-9a-f:.]+|[a-z0-9]([a-z0-9.-]*[a-z0-9])?)$/i

// Browsers and Node both have it; the types of neither belong in here.
declare const URL: new (text: string) => unknown

/** A host to listen on: a name or an address, without scheme, port or path. */
export function isHost(text: string): boolean {
  if (!hostName.test(text)) return false
  try {
    new URL(clientUrl({ host: text, port: 11434 })) // canParse is younger than some browsers that open the page
    return true
  } catch {
    return false
  }
}

/** Windows holds the whole environment in 32,767 characters. */
const longestValue = 16_384

export const isVariableName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]{0,127}$/.test(text)

/** Why a variable without a row of its own is refused: a key of the page's texts. */
export type VariableProblem = 'unnamed' | 'name' | 'own' | 'refused' | 'twice' | 'nul' | 'long'

type Variable = ServerSettings['extra'][number]

/** A row that was begun and says nothing yet: it stands for no variable. */
const isEmpty = ({ name, value }: Variable) => name === '' && value === ''

/** What is wrong with each of these variables, in their order; null where nothing is. */
export function variableProblems(extra: readonly Variable[]): (VariableProblem | null)[] {
  return extra.map((variable, place) => {
    const { name, value } = variable
    if (isEmpty(variable)) return null
    if (name === '') return 'unnamed'
    if (!isVariableName(name)) return 'name'
    if (isOwnVariable(name)) return 'own'
    if (isLoaderVariable(name)) return 'refused'
    if (extra.findIndex((other) => other.name === name) !== place) return 'twice'
    if (value.includes('\0')) return 'nul'
    return value.length > longestValue ? 'long' : null
  })
}

/** Everything wrong with the settings, by the row it is in. */
export function findProblems({ host, port, values, extra }: ServerSettings): Record<string, SettingProblem> {
  const problems: [string, SettingProblem | null][] = [
    ['host', isHost(host) ? null : 'text'],
    ['port', Number.isInteger(port) && port >= 1 && port <= 65_535 ? null : 'range'],
    ...Object.entries(values).map(([id, text]): [string, SettingProblem | null] => {
      const setting = settingById(id)
      return [id, setting ? validateSetting(setting, text) : 'unknown']
    }),
    ...variableProblems(extra).map((problem, place): [string, SettingProblem | null] => [
      `extra ${extra[place]?.name}`,
      problem && 'text',
    ]),
  ]
  return Object.fromEntries(problems.filter((entry): entry is [string, SettingProblem] => entry[1] !== null))
}

/** A variable that has a field of its own. */
export const isOwnVariable = (name: string): boolean =>
  name === 'OLLAMA_HOST' || settings.some(({ variable }) => variable === name)

/** Host and port as OLLAMA_HOST takes them. There is no OLLAMA_PORT. */
export const listenAddress = ({ host, port }: { host: string; port: number }): string =>
  `${host.includes(':') && !host.startsWith('[') ? `[${host}]` : host}:${port}`

/** The variables these settings stand for, in the order of the form. */
export function environmentOf(chosen: ServerSettings): { name: string; value: string }[] {
  return [
    { name: 'OLLAMA_HOST', value: listenAddress(chosen) },
    ...settings.flatMap(({ id, variable }) => {
      const value = chosen.values[id]
      return value === undefined ? [] : [{ name: variable, value }]
    }),
    ...chosen.extra.filter(({ name }) => name !== ''),
  ]
}

/** The URL under which a client of this machine reaches a server that listens there. */
export function clientUrl({ host, port }: { host: string; port: number }): string {
  const reachable = host === '0.0.0.0' || host === '' ? '127.0.0.1' : host === '::' || host === '[::]' ? '[::1]' : host
  return `http://${listenAddress({ host: reachable, port })}`
}
