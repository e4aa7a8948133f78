import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '../../shared/failure'
import { lockFolder } from './folder-lock'
import { startFailureOf } from './start-failure'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-start-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const withCode = (code: string) => Object.assign(new Error('as the system says it'), { code })

test('a folder that is in use or a newer one, a full disk and a folder that may not be written are told apart', () => {
  expect(startFailureOf(new Failure('dataFolderLocked', 'pid 1'))).toBe('locked')
  expect(startFailureOf(new Failure('dataFolderNewer', 'comes later'))).toBe('newer')
  expect(startFailureOf(withCode('SQLITE_FULL'))).toBe('diskFull')
  expect(startFailureOf(withCode('ENOSPC'))).toBe('diskFull')
  expect(startFailureOf(withCode('EROFS'))).toBe('notWritable')
  expect(startFailureOf(withCode('SQLITE_CANTOPEN'))).toBe('notWritable')
})

test('a file in place of the folder is a folder that may not be written', async () => {
  const file = join(folder, 'file')
  writeFileSync(file, '')
  for (const place of [file, join(file, 'below')]) {
    const error = await lockFolder(place).catch((reason: unknown) => reason)
    expect(startFailureOf(error)).toBe('notWritable')
  }
})

test('anything else keeps its own words', () => {
  expect(startFailureOf(new Failure('serverNotReady'))).toBeNull()
  expect(startFailureOf(new Error('no code at all'))).toBeNull()
  expect(startFailureOf('no error at all')).toBeNull()
})
