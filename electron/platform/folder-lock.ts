import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import Libsql from 'libsql'
import { Failure } from '../../shared/failure'
import { isDamaged } from './database'
import { hasProcess } from './has-process'

/** Longer than a Corral that ends its server needs. */
const endsWithinMs = 15_000
const tryEveryMs = 100

/** A data folder that is this process's alone. */
export type FolderLock = {
  /** Says that the folder will be free soon: who wants it waits, and is not sent away. */
  noteEnding(): void
  free(): void
}

/**
 * Takes the data folder for this process; two hosts cannot share one. A host that is ending is waited for.
 * The lock is SQLite's own on a file apart: the system drops it with the process, however that ends, and no child
 * inherits it. The note beside it only informs, and may still be that of the host before.
 */
export async function lockFolder(folder: string): Promise<FolderLock> {
  mkdirSync(folder, { recursive: true })
  const note = join(folder, 'lock.pid')
  const untilMs = Date.now() + endsWithinMs
  for (;;) {
    const lock = tryLock(join(folder, 'lock.db'))
    if (lock) {
      writeNote(note, String(process.pid))
      return { noteEnding: () => writeNote(note, `${process.pid} ending`), free: () => lock.close() }
    }
    const { pid, isEnding } = holderIn(note)
    if (pid !== null && !isEnding) throw new Failure('dataFolderLocked', `pid ${pid}`)
    if (Date.now() > untilMs) throw new Failure('dataFolderLocked')
    await pause(tryEveryMs)
  }
}

function tryLock(file: string): Libsql.Database | null {
  const lock = new Libsql(file)
  try {
    lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    return lock
  } catch (error) {
    lock.close()
    if ((error as { code?: string }).code === 'SQLITE_BUSY') return null
    if (isDamaged(error)) {
      // Nothing is kept in it, and nobody can hold what cannot be read.
      rmSync(file)
      return tryLock(file)
    }
    throw error
  }
}

function writeNote(note: string, text: string) {
  try {
    writeFileSync(note, text, { mode: 0o600 })
  } catch {
    // A full disk must not keep a host from ending; the lock itself needs no note.
  }
}

/** Who holds the folder, as far as the note tells: a process that is gone holds nothing. */
function holderIn(note: string): { pid: number | null; isEnding: boolean } {
  try {
    const [pid, word] = readFileSync(note, 'utf8').split(' ')
    return { pid: hasProcess(Number(pid)) ? Number(pid) : null, isEnding: word === 'ending' }
  } catch {
    return { pid: null, isEnding: false }
  }
}
