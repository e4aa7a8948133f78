import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

/** Where recordings of real servers lie, if they lie beside this repository: a folder for each version. */
const folder = resolve(import.meta.dirname, '../../../../../shared/ollama-lab/captures')

export const recordedVersions: readonly string[] = existsSync(folder) ? readdirSync(folder).sort() : []

/** A file beside the recorded exchanges of a version, such as a log; null where there is none. */
export function recordedFile(version: string, name: string): string | null {
  const file = join(folder, version, name)
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}

export type Exchange = {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: string
  /** Whether the connection ended in the middle of the body; a recording does not say. */
  isCut: boolean | null
}

export type Request = { method: string; path: string; body: string }

/** One capture: what was asked, where it says so, and what the real server answered. */
export type Recording = { name: string; request: Request | null; expected: Exchange }

/** All recordings of one version, as curl wrote them down. */
export const readRecordings = (version: string): Recording[] =>
  readdirSync(join(folder, version))
    .filter((file) => file.endsWith('.http.txt'))
    .sort()
    .map((file) => readRecording(version, file.replace('.http.txt', '')))

export const readRecording = (version: string, name: string): Recording => ({
  name,
  ...parseRecording(readFileSync(join(folder, version, `${name}.http.txt`), 'utf8')),
})

function parseRecording(file: string): Omit<Recording, 'name'> {
  const text = file.replaceAll('\r\n', '\n')
  const end = text.indexOf('\n\n')
  const head = text.slice(0, end).split('\n')
  const notes = head.filter((line) => line.startsWith('# '))
  const [, method = '', path = '', body = ''] = /^# (\S+) (\S+) ?(.*)$/.exec(notes[0] ?? '') ?? []
  const [statusLine = '', ...headers] = head.filter((line) => !line.startsWith('# '))
  return {
    request: notes.length > 0 ? { method, path, body } : null,
    expected: {
      status: Number(statusLine.split(' ')[1]),
      headers: Object.fromEntries(
        headers.map((line) => {
          const place = line.indexOf(':')
          return [line.slice(0, place).toLowerCase(), line.slice(place + 1).trim()]
        }),
      ),
      body: text.slice(end + 2),
      isCut: null,
    },
  }
}
