import { chmodSync, closeSync, existsSync, mkdirSync, openSync, renameSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'
import { Failure } from '../../shared/failure'

export type Database = Libsql.Database

/** A step from one version of the schema to the next. Steps are only ever added. */
export type Migration = { name: string; sql: string }

/**
 * Opens the database of a data folder with all its migrations; one that is damaged is set aside under another name, and
 * a new one begun. Failure: `dataFolderNewer` for one that has been through others, which is left as it is.
 */
export function openOrSetAside(file: string, migrations: readonly Migration[]) {
  try {
    return { database: open(file, migrations, refuseNewer), setAsideFile: null }
  } catch (error) {
    if (!isDamaged(error)) throw error
    const setAsideFile = `${file}.unreadable-${Date.now()}`
    for (const part of parts) if (existsSync(file + part)) renameSync(file + part, setAsideFile + part)
    return { database: openDatabase(file, migrations), setAsideFile }
  }
}

/** Whether SQLite cannot read the file: overwritten, cut off, or never its own. */
export const isDamaged = (error: unknown): boolean =>
  /^SQLITE_(NOTADB|CORRUPT)/.test(String((error as { code?: unknown } | null)?.code))

/** Closes it with all that was written in the one file: a copy of that alone is then whole. */
export function closeDatabase(database: Database): void {
  try {
    database.exec('PRAGMA wal_checkpoint(TRUNCATE)')
  } finally {
    database.close()
  }
}

/** Opens the database (WAL) and brings it up to date. A kill at any moment loses at most the last second. */
export function openDatabase(file: string, migrations: readonly Migration[]): Database {
  return open(file, migrations, () => {})
}

function open(file: string, migrations: readonly Migration[], check: (done: string[], known: string[]) => void) {
  mkdirSync(dirname(file), { recursive: true })
  keepPrivate(file)
  const database = new Libsql(file)
  try {
    bringUpToDate(database, migrations, check)
  } catch (error) {
    database.close()
    throw error
  }
  return database
}

/**
 * All of a change or nothing. Unlike libsql's own it tells why a change failed: after some errors, a full disk among
 * them, SQLite has already taken everything back, and libsql's rollback fails over that.
 */
export function inTransaction<Result>(database: Database, change: () => Result): Result {
  database.exec('BEGIN')
  try {
    const result = change()
    database.exec('COMMIT')
    return result
  } catch (error) {
    try {
      if (database.inTransaction) database.exec('ROLLBACK')
    } catch {
      // The first error says more.
    }
    throw error
  }
}

const parts = ['', '-wal', '-shm']

/** Conversations are nobody else's to read. SQLite gives the parts it makes the rights of the file. */
function keepPrivate(file: string) {
  closeSync(openSync(file, 'a', 0o600))
  for (const part of parts) if (existsSync(file + part)) chmodSync(file + part, 0o600)
}

function refuseNewer(done: string[], known: string[]) {
  const unknown = done.filter((name) => !known.includes(name))
  if (unknown.length > 0) throw new Failure('dataFolderNewer', unknown.join(', '))
}

function bringUpToDate(
  database: Database,
  migrations: readonly Migration[],
  check: (done: string[], known: string[]) => void,
) {
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;')
  database.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL)')
  const done = (database.prepare('SELECT name FROM migration').all() as { name: string }[]).map(({ name }) => name)
  check(
    done,
    migrations.map(({ name }) => name),
  )
  for (const { name, sql } of migrations) {
    if (done.includes(name)) continue
    inTransaction(database, () => {
      database.exec(sql)
      database.prepare('INSERT INTO migration (name, at_ms) VALUES (?, ?)').run(name, Date.now())
    })
  }
}
