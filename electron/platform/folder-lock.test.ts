import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { lockFolder } from './folder-lock'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const holdLock = `
  const lock = new (require('libsql'))(process.argv[1] + '/lock.db')
  lock.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
  console.log('held')`

test('a second host on the same folder is refused', () => {
  const free = lockFolder(folder)
  expect(() => lockFolder(folder)).toThrow('dataFolderLocked')
  free()
  lockFolder(folder)()
})

test('a lock dies with its process, even by kill -9', async () => {
  const other = spawn(process.execPath, ['-e', `${holdLock}; setInterval(() => {}, 1000)`, folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await once(other.stdout, 'data')
  expect(() => lockFolder(folder)).toThrow('dataFolderLocked')
  other.kill('SIGKILL')
  await once(other, 'exit')
  lockFolder(folder)()
})

test('a folder whose last host ended is free', () => {
  execFileSync(process.execPath, ['-e', holdLock, folder])
  lockFolder(folder)()
})
