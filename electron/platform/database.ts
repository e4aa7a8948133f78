import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import Libsql from 'libsql'

export type Database = Libsql.Database

/** A step from one version of the schema to the next. Steps are only ever added. */
export type Migration = { name: string; sql: string }

/** Opens the database (WAL) and brings it up to date. A kill at any moment loses at most the last second. */
export function openDatabase(file: string, migrations: readonly Migration[]): Database {
  mkdirSync(dirname(file), { recursive: true })
  const database = new Libsql(file)
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON;')
  database.exec('CREATE TABLE IF NOT EXISTS migration (name TEXT PRIMARY KEY, at_ms INTEGER NOT NULL)')
  const done = new Set(
    database
      .prepare('SELECT name FROM migration')
      .all()
      .map((row) => (row as { name: string }).name),
  )
  for (const { name, sql } of migrations) {
    if (done.has(name)) continue
    database.transaction(() => {
      database.exec(sql)
      database.prepare('INSERT INTO migration (name, at_ms) VALUES (?, ?)').run(name, Date.now())
    })()
  }
  return database
}
