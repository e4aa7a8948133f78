import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '../../shared/failure'
import { closeDatabase, inTransaction, openDatabase, openOrSetAside } from './database'
import { isDiskFull } from './disk-full'

const migrations = [{ name: 'note', sql: 'CREATE TABLE note (text TEXT)' }]

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-database-'))
  file = join(folder, 'corral.db')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a damaged database is set aside as it is, and a new one begun', () => {
  const text = 'this was a database '.repeat(500)
  writeFileSync(file, text)
  const { database, setAsideFile } = openOrSetAside(file, migrations)
  database.prepare('INSERT INTO note (text) VALUES (?)').run('new')
  closeDatabase(database)
  expect(readFileSync(setAsideFile ?? '', 'utf8')).toBe(text)
  expect(openOrSetAside(file, migrations).setAsideFile).toBeNull()
})

test('another reason not to open it leaves it where it is', () => {
  expect(() => openOrSetAside(file, [{ name: 'wrong', sql: 'CREATE nonsense' }])).toThrow('syntax error')
  expect(readdirSync(folder).filter((name) => name.includes('unreadable'))).toEqual([])
})

test('what was written is in the one file once it is closed', () => {
  const database = openDatabase(file, migrations)
  const reader = openDatabase(file, migrations) // the last one to close would empty the rest by itself
  database.prepare('INSERT INTO note (text) VALUES (?)').run('kept')
  expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
  closeDatabase(database)
  expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).toBe(0)
  reader.close()
})

test.skipIf(process.platform === 'win32')('nobody else may read it, nor one that was open to others', () => {
  writeFileSync(file, '', { mode: 0o644 })
  const database = openDatabase(file, migrations)
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0)
  expect(readdirSync(folder)).toContain('corral.db-wal')
  database.close()
})

test('a change is made wholly or not at all, and a full disk is told as that', () => {
  const database = openDatabase(file, migrations)
  const write = database.prepare('INSERT INTO note (text) VALUES (?)')
  const change = (text: string, error?: Error) =>
    inTransaction(database, () => {
      write.run(text)
      write.run(text)
      if (error) throw error
      return text
    })
  expect(change('kept')).toBe('kept')
  expect(() => change('taken back', new Error('of the change'))).toThrow('of the change')
  const [{ page_count: pageCount }] = database.prepare('PRAGMA page_count').all() as [{ page_count: number }]
  database.exec(`PRAGMA max_page_count = ${pageCount}`)
  const full = ((): unknown => {
    try {
      return change('too long '.repeat(10_000))
    } catch (error) {
      return error
    }
  })()
  expect(isDiskFull(full)).toBe(true)
  expect(database.prepare('SELECT text FROM note').all()).toEqual([{ text: 'kept' }, { text: 'kept' }])
  expect(change('again')).toBe('again')
  closeDatabase(database)
})

test('a database that a newer Corral has been through is refused, and left as it is', () => {
  const newer = [...migrations, { name: 'comes later', sql: 'ALTER TABLE note ADD COLUMN colour TEXT' }]
  closeDatabase(openDatabase(file, newer))
  const other = { name: 'other', sql: 'CREATE TABLE other (text TEXT)' }
  expect(() => openOrSetAside(file, [...migrations, other])).toThrow(new Failure('dataFolderNewer', 'comes later'))
  const { database, setAsideFile } = openOrSetAside(file, newer)
  expect(setAsideFile).toBeNull()
  expect(database.prepare('SELECT text, colour FROM note').all()).toEqual([])
  expect(() => database.prepare('SELECT text FROM other')).toThrow('no such table')
  closeDatabase(database)
})
