import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
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
  require('node:fs').writeFileSync(process.argv[1] + '/lock.pid', String(process.pid))`

/** Another process that holds the folder until it is killed, and the child that it has. */
async function startHolder() {
  const holdWithChild = `${holdLock}
    const stay = 'setInterval(() => {}, 1000)'
    const child = require('node:child_process').spawn(process.execPath, ['-e', stay], { detached: true, stdio: 'ignore' })
    console.log(child.pid)
    eval(stay)`
  const holder = spawn(process.execPath, ['-e', holdWithChild, folder], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [childPid] = await once(holder.stdout, 'data')
  return { holder, childPid: Number(childPid) }
}

const noteOf = (text: string) => writeFileSync(join(folder, 'lock.pid'), text)
const isAlive = (pid: number) => process.kill(pid, 0)
const gonePid = () => Number(execFileSync(process.execPath, ['-p', 'process.pid'], { encoding: 'utf8' }))

test('a second host on the same folder is refused, and told which process has it', async () => {
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow(`dataFolderLocked: pid ${process.pid}`)
  lock.free()
  ;(await lockFolder(folder)).free()
})

test('a lock dies with its process, even by kill -9, and no child of it holds on', async () => {
  const { holder, childPid } = await startHolder()
  try {
    await expect(lockFolder(folder)).rejects.toThrow(`dataFolderLocked: pid ${holder.pid}`)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    ;(await lockFolder(folder)).free()
    expect(isAlive(childPid)).toBe(true)
  } finally {
    process.kill(childPid, 'SIGKILL')
  }
})

test('a folder whose last host ended is free', async () => {
  execFileSync(process.execPath, ['-e', holdLock, folder])
  ;(await lockFolder(folder)).free()
})

test('a host that is ending is waited for', async () => {
  const ending = await lockFolder(folder)
  ending.noteEnding()
  const next = lockFolder(folder)
  await pause(300)
  ending.free()
  ;(await next).free()
})

test('a note of a host that is gone sends nobody away: the holder has not written its own yet', async () => {
  const holder = await lockFolder(folder)
  noteOf(String(gonePid()))
  const refused = expect(lockFolder(folder)).rejects.toThrow(`dataFolderLocked: pid ${process.pid}`)
  await pause(300)
  noteOf(String(process.pid))
  await refused
  holder.free()
})

test('a lock that cannot be made for another reason is not told as taken', async () => {
  mkdirSync(join(folder, 'lock.db'))
  await expect(lockFolder(folder)).rejects.not.toThrow('dataFolderLocked')
})

test('a lock that was damaged is made anew', async () => {
  writeFileSync(join(folder, 'lock.db'), 'no database '.repeat(500))
  const lock = await lockFolder(folder)
  await expect(lockFolder(folder)).rejects.toThrow('dataFolderLocked')
  lock.free()
})
