import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Failure } from '../../shared/failure'
import { lockFolder } from './folder-lock'
import { startFailureOf, startFailureText } from './start-failure'

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

test.each([
  [
    'en-US',
    'Corral is already running with this data folder (pid 7). Use its window or its page, or choose another folder with --data.',
  ],
  ['zh-CN', 'Corral 已在使用这个数据文件夹（pid 7）。请使用已打开的窗口或页面，或用 --data 选择其他文件夹。'],
])('whoever speaks %s is told in it who holds the folder, where that is known', (language, text) => {
  expect(startFailureText(new Failure('dataFolderLocked', 'pid 7'), language)).toBe(text)
  expect(startFailureText(new Failure('dataFolderLocked'), language)).toBe(text.replace(/ ?[(（]pid 7[)）]/, ''))
  expect(startFailureText(new Error('as it is'), language)).toBe('as it is')
})
