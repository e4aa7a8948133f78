import {
  chmodSync,
  linkSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLogger } from '../platform/logger'
import { Redactor } from '../platform/redactor'
import { keptToken, tokenFileIn } from './kept-token'

let folder = ''
let redactor = new Redactor()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-token-'))
  redactor = new Redactor()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const logFile = () => join(folder, 'corral.log')
const open = (isRenewed = false) => {
  const logger = createLogger(logFile(), redactor.redact)
  return keptToken({ dataFolder: folder, redactor, logger, isRenewed })
}
const file = () => tokenFileIn(folder)
const modeOf = (path: string) => lstatSync(path).mode & 0o777
/** One that somebody else may know, in the form of ours. */
const planted = 'A'.repeat(43)
const onPosix = describe.skipIf(process.platform === 'win32')

test('F17: the token is long, kept, and the same at the next start', () => {
  const token = open()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(open()).toBe(token)
  expect(readFileSync(file(), 'utf8').trim()).toBe(token)
})

test('F17: it is renewed when that is asked for, and the old one is not kept', () => {
  const before = open()
  const after = open(true)
  expect(after).not.toBe(before)
  expect(open()).toBe(after)
  expect(readFileSync(file(), 'utf8')).not.toContain(before)
})

test('F17: no log says it', () => {
  const token = open()
  createLogger(logFile(), redactor.redact).warn(`somebody came with ${token}`, { token })
  expect(readFileSync(logFile(), 'utf8')).not.toContain(token)
})

test.each([
  ['nothing', ''],
  ['a short one', 'abc'],
  ['other characters', `${'A'.repeat(42)}"`],
  ['two lines', `${planted}\n${planted}`],
  ['a megabyte', 'A'.repeat(2 ** 20)],
])('F17: a file that holds %s is replaced', (_, text) => {
  writeFileSync(file(), text, { mode: 0o600 })
  const token = open()
  expect(token).toMatch(/^[\w-]{43}$/)
  expect(token).not.toBe(planted)
  expect(open()).toBe(token)
})

test('F17: where a folder stands in its place, this launch has a token all the same', () => {
  mkdirSync(file())
  expect(open()).toMatch(/^[\w-]{43}$/)
  expect(open()).toMatch(/^[\w-]{43}$/)
})

onPosix('F17: exploits', () => {
  test('F17: only its owner may read it', () => {
    const before = process.umask(0)
    try {
      open()
    } finally {
      process.umask(before)
    }
    expect(modeOf(file())).toBe(0o600)
  })

  test.each([0o644, 0o640, 0o604, 0o660, 0o666, 0o622])(
    'F17: one that others could read or write (%o) is renewed',
    (mode) => {
      writeFileSync(file(), `${planted}\n`)
      chmodSync(file(), mode)
      expect(open()).not.toBe(planted)
      expect(modeOf(file())).toBe(0o600)
    },
  )

  test('F17: a symbolic link is neither read nor written through', () => {
    const elsewhere = join(folder, 'elsewhere')
    writeFileSync(elsewhere, `${planted}\n`, { mode: 0o600 })
    symlinkSync(elsewhere, file())
    expect(open()).not.toBe(planted)
    expect(readFileSync(elsewhere, 'utf8')).toBe(`${planted}\n`)
    expect(lstatSync(file()).isSymbolicLink()).toBe(false)
  })

  test('F17: a link to nowhere makes no file there', () => {
    const elsewhere = join(folder, 'elsewhere')
    symlinkSync(elsewhere, file())
    open()
    expect(() => lstatSync(elsewhere)).toThrow('ENOENT')
  })

  test('F17: a file with another name beside its own is not read, nor is that other changed', () => {
    const elsewhere = join(folder, 'elsewhere')
    writeFileSync(elsewhere, `${planted}\n`, { mode: 0o600 })
    linkSync(elsewhere, file())
    expect(open()).not.toBe(planted)
    expect(readFileSync(elsewhere, 'utf8')).toBe(`${planted}\n`)
  })

  test('F17: nothing half written is left beside it', () => {
    open()
    open(true)
    expect(lstatSync(file()).isFile()).toBe(true)
    expect(() => lstatSync(`${file()}.new`)).toThrow('ENOENT')
  })

  test('F17: a link that waits where the new one is written is not followed', () => {
    const elsewhere = join(folder, 'elsewhere')
    symlinkSync(elsewhere, `${file()}.new`)
    expect(open()).toMatch(/^[\w-]{43}$/)
    expect(() => lstatSync(elsewhere)).toThrow('ENOENT')
  })
})
