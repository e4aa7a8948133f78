import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

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
export const readRecordings = (folder: string): Recording[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.http.txt'))
    .sort()
    .map((file) => ({
      name: file.replace('.http.txt', ''),
      ...parseRecording(readFileSync(join(folder, file), 'utf8')),
    }))

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
