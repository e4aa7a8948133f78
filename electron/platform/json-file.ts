import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { z } from 'zod'

/** A small file of settings: parsed with defaults, written whole or not at all, never overwritten when it does not parse. */
export class JsonFile<Schema extends z.ZodType> {
  readonly setAsideFile: string | null
  #value: z.output<Schema>

  constructor(
    readonly file: string,
    schema: Schema,
  ) {
    mkdirSync(dirname(file), { recursive: true })
    const { value, setAsideFile } = read(file, schema)
    this.#value = value
    this.setAsideFile = setAsideFile
  }

  get value(): z.output<Schema> {
    return this.#value
  }

  /** Keeps the value and writes it: to a temporary file, flushed, renamed. */
  write(value: z.output<Schema>): void {
    writeFileAtomic.sync(this.file, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 })
    this.#value = value
  }
}

function read<Schema extends z.ZodType>(file: string, schema: Schema) {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { value: schema.parse({}), setAsideFile: null }
  }
  try {
    return { value: schema.parse(JSON.parse(text)), setAsideFile: null }
  } catch {
    const setAsideFile = `${file}.unreadable-${Date.now()}`
    renameSync(file, setAsideFile)
    return { value: schema.parse({}), setAsideFile }
  }
}
