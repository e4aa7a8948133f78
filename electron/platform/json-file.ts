import { mkdirSync, readFileSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import writeFileAtomic from 'write-file-atomic'
import type { z } from 'zod'
import type { Logger } from './logger'
import type { SavedForm } from './saved-form'

/** A small file of settings: parsed with defaults, written whole or not at all, never overwritten when it does not parse. */
export class JsonFile<Schema extends z.ZodType<object>> {
  /** Where a file was put that is broken or a newer Corral's. */
  readonly setAsideFile: string | null
  #value: z.output<Schema>

  constructor(
    readonly file: string,
    private readonly form: SavedForm<Schema>,
    logger: Logger,
  ) {
    mkdirSync(dirname(file), { recursive: true })
    const { value, setAsideFile } = read(file, form, logger)
    this.#value = value
    this.setAsideFile = setAsideFile
  }

  get value(): z.output<Schema> {
    return this.#value
  }

  /** Keeps the value and writes it: to a temporary file, flushed, renamed. */
  write(value: z.output<Schema>): void {
    writeFileAtomic.sync(this.file, `${JSON.stringify(this.form.record(value), null, 2)}\n`, { mode: 0o600 })
    this.#value = value
  }
}

function read<Schema extends z.ZodType<object>>(file: string, form: SavedForm<Schema>, logger: Logger) {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    return { value: form.empty(), setAsideFile: null }
  }
  try {
    return { value: form.read(text), setAsideFile: null }
  } catch (error) {
    const setAsideFile = `${file}.unreadable-${Date.now()}`
    renameSync(file, setAsideFile)
    logger.error('a file could not be read and was set aside', `${setAsideFile}: ${error}`)
    return { value: form.empty(), setAsideFile }
  }
}
