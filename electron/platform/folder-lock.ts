import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Libsql from 'libsql'
import { Failure } from '../../shared/failure'

/**
 * Takes the data folder for this process; two hosts cannot share one. Gives back a function that frees it.
 * The lock is SQLite's own on a file apart: the system drops it with the process, however that ends.
 */
export function lockFolder(folder: string): () => void {
  mkdirSync(folder, { recursive: true })
  const holder = join(folder, 'lock.pid')
  const lock = new Libsql(join(folder, 'lock.db'))
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  } catch {
    lock.close()
    throw new Failure('dataFolderLocked', holderText(holder))
  }
  writeFileSync(holder, String(process.pid), { mode: 0o600 })
  return () => lock.close()
}

function holderText(file: string) {
  try {
    return `pid ${readFileSync(file, 'utf8')}`
  } catch {
    return undefined
  }
}
