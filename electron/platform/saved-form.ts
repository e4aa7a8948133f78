import { z } from 'zod'
import { Failure } from '../../shared/failure'
import type { Logger } from './logger'

/** From one version of a record to the next. */
export type Upgrade = (earlier: Record<string, unknown>) => Record<string, unknown>

/**
 * What is kept on disk under one name: its form today, and a step from each earlier version to the next. A record
 * carries its version; one without is of version 1. The rows of a table have the version of its migrations.
 */
export class SavedForm<Schema extends z.ZodType<object>> {
  /** The version that is written now. */
  readonly version: number

  constructor(
    readonly name: string,
    private readonly schema: Schema,
    private readonly upgrades: readonly Upgrade[] = [],
  ) {
    this.version = upgrades.length + 1
  }

  /** A record of any version so far, brought to this one. Failures: `recordNewer`, `recordBroken`. */
  upgrade(record: unknown): z.output<Schema> {
    if (typeof record !== 'object' || record === null) throw this.#broken('not a record')
    const { version = 1 } = record as { version?: unknown }
    if (typeof version !== 'number' || !Number.isInteger(version) || version < 1) throw this.#broken('no version')
    if (version > this.version) throw new Failure('recordNewer', `${this.name}: version ${version}`)
    const read = this.schema.safeParse(this.#steppedUp(record as Record<string, unknown>, version))
    if (!read.success) throw this.#broken(z.prettifyError(read.error))
    return read.data
  }

  /** The same of its text. */
  read(text: string): z.output<Schema> {
    let record: unknown
    try {
      record = JSON.parse(text)
    } catch {
      throw this.#broken('not JSON') // its own words would quote what was kept
    }
    return this.upgrade(record)
  }

  /** What there is before anything was kept: the defaults of the form. Throws where it has none. */
  empty(): z.output<Schema> {
    return this.upgrade({ version: this.version })
  }

  /** As it is kept, with its version. */
  record(value: z.output<Schema>): object {
    return { version: this.version, ...value }
  }

  /** The same as text. */
  text(value: z.output<Schema>): string {
    return JSON.stringify(this.record(value))
  }

  #steppedUp(record: Record<string, unknown>, version: number) {
    if (version === this.version) return record // as nearly all are: thousands are read at once
    const { version: _, ...earlier } = record
    try {
      return this.upgrades.slice(version - 1).reduce((reached, step) => step(reached), earlier)
    } catch (error) {
      throw this.#broken(String(error))
    }
  }

  #broken(why: string) {
    return new Failure('recordBroken', `${this.name}: ${why.slice(0, 500)}`)
  }
}

/** Reads what may be unreadable: of each such record the log says once that it was left as it is. */
export class RecordReader {
  readonly #told = new Set<string>()

  constructor(private readonly logger: Logger) {}

  /** What `read` gives, or null where the record is broken or a newer Corral's. */
  tryRead<Value>(id: string, read: () => Value): Value | null {
    try {
      return read()
    } catch (error) {
      if (!isUnreadable(error)) throw error
      if (!this.#told.has(id))
        this.logger.error('a saved record cannot be read and was left as it is', `${id}, ${error}`)
      this.#told.add(id)
      return null
    }
  }
}

const isUnreadable = (error: unknown): error is Failure =>
  error instanceof Failure && (error.code === 'recordNewer' || error.code === 'recordBroken')
