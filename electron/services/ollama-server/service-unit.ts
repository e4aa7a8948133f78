import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** What Ollama's service of this machine is started with, as its unit file and what adds to it say. */
export type ServiceUnit = { file: string; environment: Record<string, string>; modelsFolder: string | null }

/** Where systemd looks for units, the strongest first. */
const folders = [
  'etc/systemd/system',
  'run/systemd/system',
  'usr/local/lib/systemd/system',
  'usr/lib/systemd/system',
  'lib/systemd/system',
]
const name = 'ollama.service'

/** The system's Ollama service; null where there is none, or its file may not be read. Nothing is asked of systemd. */
export function readServiceUnit(root = '/'): ServiceUnit | null {
  const file = folders.map((folder) => join(root, folder, name)).find(existsSync)
  const text = file && textOf(file)
  if (!file || text === undefined || text === null) return null
  const lines = [text, ...additions(root)].flatMap(linesIn)
  const environment = environmentIn(lines, root)
  const user = lines.findLast(([key]) => key === 'User')?.[1] ?? 'root'
  const own = environment.OLLAMA_MODELS || modelsOf(environment.HOME ?? homeOf(user, root), root)
  return { file, environment, modelsFolder: own || null }
}

/** Read after the unit, by the names of the files, whatever folder they lie in. */
function additions(root: string): string[] {
  const found = folders.flatMap((folder) => {
    const inFolder = join(root, folder, `${name}.d`)
    return namesIn(inFolder).map((file) => ({ file, path: join(inFolder, file) }))
  })
  const first = found.filter(({ file }, place) => found.findIndex((other) => other.file === file) === place)
  return first.sort((left, right) => (left.file < right.file ? -1 : 1)).flatMap(({ path }) => textOf(path) ?? [])
}

const namesIn = (folder: string) => {
  try {
    return readdirSync(folder).filter((file) => file.endsWith('.conf'))
  } catch {
    return []
  }
}

function textOf(file: string): string | null {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return null
  }
}

/** The settings of its [Service]: a line that ends in a backslash goes on in the next one. */
function linesIn(text: string): [string, string][] {
  let section = ''
  return text
    .replace(/\\\r?\n/g, ' ')
    .split(/\r?\n/)
    .flatMap((line): [string, string][] => {
      section = /^\s*\[(\w+)\]/.exec(line)?.[1] ?? section
      const [, key = '', value = ''] = /^\s*(\w+)\s*=\s*(.*?)\s*$/.exec(line) ?? []
      return section === 'Service' && key ? [[key, value]] : []
    })
}

function environmentIn(lines: readonly [string, string][], root: string): Record<string, string> {
  let variables: Record<string, string> = {}
  for (const [key, value] of lines) {
    if (key === 'Environment') variables = value === '' ? {} : { ...variables, ...assignmentsIn(value) }
  }
  // Files go before what stands in the unit.
  const files = lines.filter(([key]) => key === 'EnvironmentFile').map(([, value]) => value.replace(/^-/, ''))
  return { ...variables, ...Object.assign({}, ...files.map((file) => fileIn(join(root, file)))) }
}

const fileIn = (file: string) =>
  assignmentsIn(
    (textOf(file) ?? '')
      .split(/\r?\n/)
      .filter((line) => !/^\s*[#;]/.test(line))
      .join('\n'),
  )

/** NAME=value, "NAME=value with blanks" and NAME="value with blanks", as many as there are. */
function assignmentsIn(text: string): Record<string, string> {
  const words = text.match(/(?:"(?:[^"\\]|\\.)*"|'[^']*'|\\.|[^\s"'])+/g) ?? []
  const pairs = words.flatMap((word): [string, string][] => {
    const [, key = '', value = ''] = /^(\w+)=(.*)$/s.exec(plain(word)) ?? []
    return key ? [[key, value.replaceAll('%%', '%')]] : []
  })
  return Object.fromEntries(pairs)
}

const plain = (word: string) =>
  word.replace(/"((?:[^"\\]|\\.)*)"|'([^']*)'|\\(.)/g, (_, double?: string, single?: string, escaped?: string) =>
    double === undefined ? (single ?? escaped ?? '') : double.replace(/\\(.)/g, '$1'),
  )

const homeOf = (user: string, root: string) =>
  (textOf(join(root, 'etc/passwd')) ?? '')
    .split('\n')
    .map((line) => line.split(':'))
    .find(([name]) => name === user)?.[5] ?? null

/** Where Ollama keeps them below a home; null where nothing is there, or nobody may look. */
function modelsOf(home: string | null, root: string): string | null {
  if (!home) return null
  const folder = join(home, '.ollama', 'models')
  return existsSync(join(root, folder)) ? folder : null
}
