import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'

type Texts = { [key: string]: string | Texts }

/** Every text of a language by its key, as in `server.tabs.log`. */
export function textsOf(language: string): Map<string, string> {
  const folder = join(import.meta.dirname, language)
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json'))
  const all = files.map((file) => {
    const texts = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Texts
    return [file.replace('.json', '').replaceAll(sep, '.'), texts] as const
  })
  const flat = (texts: Texts, path: string): [string, string][] =>
    Object.entries(texts).flatMap(([key, value]) =>
      typeof value === 'string' ? [[`${path}.${key}`, value]] : flat(value, `${path}.${key}`),
    )
  return new Map(all.flatMap(([place, texts]) => flat(texts, place)))
}
