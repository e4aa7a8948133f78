import type { LogLine } from '../../../shared/contract/server-log'
import { says } from '../../../shared/ollama/known-lines'
import { pairsOf } from '../../../shared/ollama/log-line'

/** `keys` are as they stand, twice where a value looks like a variable. */
export type Configuration = { values: Map<string, string>; keys: string[]; atMs: number } | null

/**
 * What the server read from its environment, as it wrote when it started: map[KEY:value KEY:value …], sorted by key, where
 * values may hold blanks and colons. Only its first such line counts; null where it is not there.
 */
export function configurationIn(log: readonly LogLine[]): Configuration {
  const line = log.find(({ stream, text }) => stream === 'stderr' && says('configuration', text))
  const map = line && /^map\[(.*)\]$/s.exec(pairsOf(line.text).env ?? '')?.[1]
  if (!line || map === undefined) return null
  const keys = [...map.matchAll(/(?:^|\s)([A-Z][A-Z0-9_]*|https?_proxy|no_proxy):/g)]
  const values = keys.map((match, place): [string, string] => {
    const begin = (match.index ?? 0) + match[0].length
    return [match[1] ?? '', map.slice(begin, keys[place + 1]?.index ?? map.length).trim()]
  })
  return { values: new Map(values), keys: values.map(([key]) => key), atMs: line.atMs }
}

/** Those that come after OLLAMA_MODELS in the versions there are; all are switches. */
const followers = ['OLLAMA_MULTIUSER_CACHE', 'OLLAMA_NEW_ENGINE', 'OLLAMA_NOHISTORY', 'OLLAMA_NOPRUNE']

/**
 * The models folder of a configuration; null where it cannot be told for sure, since a folder may be named like a variable
 * and its value: then the keys are out of their order, or one that no version has follows it.
 */
export function modelsFolderIn(configuration: Configuration): string | null {
  const keys = (configuration?.keys ?? []).filter((key) => key === key.toUpperCase())
  const isInOrder = keys.every((key, place) => place === 0 || key > (keys[place - 1] ?? ''))
  const following = keys[keys.indexOf('OLLAMA_MODELS') + 1] ?? ''
  if (!isInOrder || !followers.includes(following)) return null
  if (!/^(true|false)$/.test(configuration?.values.get(following) ?? '')) return null
  return configuration?.values.get('OLLAMA_MODELS') ?? null
}
