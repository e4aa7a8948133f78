import { fields } from './fields'

/** Says what was odd about an answer, in a line. */
export type TellOdd = (line: string) => void

/**
 * One object of an answer, read leniently: a field that is missing or of another kind is unknown. Programs that imitate
 * Ollama, and odd files in it, leave out or mistype nearly every field there is.
 */
export class Entry {
  readonly #fields: Record<string, unknown>
  readonly #odd: string[] = []

  constructor(value: unknown) {
    this.#fields = fields(value)
  }

  /** The fields so far that were of another kind, as they stood. */
  get odd(): readonly string[] {
    return this.#odd
  }

  /** A text; null where it is empty or none. */
  text(key: string): string | null {
    const value = this.#fields[key]
    if (typeof value === 'string') return value === '' ? null : value
    this.#note(key, value)
    return null
  }

  /** A number that is not negative, also where it comes as text. */
  count(key: string): number | null {
    const value = this.#fields[key]
    const counted = countIn(value)
    if (counted === null) this.#note(key, value)
    return counted
  }

  /** The texts of a list, or the one that stands there alone; none where it is null, as Go writes an empty list. */
  texts(key: string): string[] {
    const value = this.#fields[key] ?? []
    const items = Array.isArray(value) ? value : [value]
    if (items.some((item) => typeof item !== 'string')) this.#note(key, value)
    return items.filter((item): item is string => typeof item === 'string' && item !== '')
  }

  /** A time, in ms since 1970. */
  time(key: string): number | null {
    const value = this.#fields[key]
    const atMs = typeof value === 'string' ? Date.parse(value) : Number.NaN
    if (Number.isFinite(atMs)) return atMs
    if (value !== '') this.#note(key, value)
    return null
  }

  /** An object within; empty where it is none. */
  object(key: string): Entry {
    const value = this.#fields[key]
    if (typeof value !== 'object' || value === null || Array.isArray(value)) this.#note(key, value)
    return new Entry(value)
  }

  /** Whatever stands there. */
  raw(key: string): unknown {
    return this.#fields[key]
  }

  #note(key: string, value: unknown) {
    if (value !== undefined) this.#odd.push(`${key} ${JSON.stringify(value)?.slice(0, 80)}`)
  }
}

/** A number that is not negative, also where it comes as text; else null. */
export function countIn(value: unknown): number | null {
  const counted = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof counted === 'number' && Number.isFinite(counted) && counted >= 0 ? counted : null
}

/** The lists in which Ollama names models: each entry once, those without a name left out; null for another answer. */
export function namedEntries(path: string, answer: unknown, tell: TellOdd): { name: string; entry: Entry }[] | null {
  const { models } = fields(answer)
  if (models !== null && models !== undefined && !Array.isArray(models)) return null
  if (typeof answer !== 'object' || answer === null || Array.isArray(answer)) return null
  if (models === undefined) tell(`${path} answered without models`)
  const names = new Set<string>()
  return (models ?? []).flatMap((model: unknown, place: number) => {
    const entry = new Entry(model)
    const name = nameOf(model)
    if (name === null) tell(`${path}: entry ${place + 1} has no name and was left out`)
    else if (names.has(name)) tell(`${path} lists ${name} twice`)
    if (name === null || names.has(name)) return []
    names.add(name)
    return { name, entry }
  })
}

/** Says once of an entry what was odd about it, after it has been read. */
export function tellOddOf(path: string, name: string, read: readonly Entry[], tell: TellOdd): void {
  const odd = read.flatMap((entry) => entry.odd)
  if (odd.length > 0) tell(`${path}: ${name} has ${odd.join(', ')}`)
}

function nameOf(model: unknown): string | null {
  const { name, model: other } = fields(model)
  return [name, other].find((text): text is string => typeof text === 'string' && text.trim() !== '') ?? null
}
