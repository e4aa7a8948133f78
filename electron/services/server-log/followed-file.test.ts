import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { Redactor } from '../../platform/redactor'
import { FollowedFile } from './followed-file'

const megabyte = 2 ** 20
let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-followed-'))
  file = join(folder, 'server.log')
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a line is told once it has ended, and the last one without an end when the file is left', () => {
  const followed = new FollowedFile(file, new Redactor())
  appendFileSync(file, 'one\ntw')
  expect(followed.read()).toEqual(['one'])
  appendFileSync(file, 'o\r\nthree')
  expect(followed.read()).toEqual(['two'])
  expect(followed.close()).toEqual(['three'])
})

test('of a huge file only the beginning and the end are read, in whole lines, and it is emptied', () => {
  const line = `${'显'.repeat(50)}\n`
  const block = line.repeat(Math.ceil((8 * megabyte) / Buffer.byteLength(line)))
  appendFileSync(file, 'server config\n')
  for (let count = 0; count < 10; count++) appendFileSync(file, block)
  const followed = new FollowedFile(file, new Redactor())
  const [configuration, ...lines] = followed.read()
  expect(configuration).toBe('server config')
  expect(new Set(lines)).toEqual(new Set([line.trimEnd()]))
  expect(lines.length * Buffer.byteLength(line)).toBeLessThan(4.3 * megabyte)
  expect(lines.length * Buffer.byteLength(line)).toBeGreaterThan(3.9 * megabyte)
  expect(statSync(file).size).toBe(0)
  appendFileSync(file, 'and on\n')
  expect(followed.read()).toEqual(['and on'])
  followed.close()
})

test('a line without an end does not fill the memory', () => {
  const followed = new FollowedFile(file, new Redactor())
  for (let count = 0; count < 8; count++) {
    appendFileSync(file, 'x'.repeat(megabyte))
    expect(followed.read()).toEqual([])
  }
  appendFileSync(file, '\nnext\n')
  const [first, next] = followed.read()
  expect(first?.length).toBeLessThan(2 * megabyte)
  expect(next).toBe('next')
  followed.close()
})

test('what a busy server says is read in parts, whole and in order, and the file is emptied when all is read', () => {
  const followed = new FollowedFile(file, new Redactor())
  const said = Array.from({ length: 20_000 }, (_, number) => `line ${number} ${'显'.repeat(10)}`)
  appendFileSync(file, `${said.join('\n')}\n`)
  const parts: string[][] = []
  do parts.push(followed.read({ isInParts: true }))
  while (followed.isBehind)
  expect(parts.length).toBeGreaterThan(2)
  expect(parts.flat()).toEqual(said)
  followed.close()
})

test('a secret that the server says is overwritten in its file, wherever the reading was cut', () => {
  const redactor = new Redactor()
  const followed = new FollowedFile(file, redactor)
  redactor.know('pass"word-1234')
  const fill = `${'x'.repeat(256 * 1024 - 20)}`
  appendFileSync(file, `before ${fill} key=pass%22word-1234 after\nhalf pass"wo`)
  followed.read()
  appendFileSync(file, 'rd-1234 end\n')
  expect(followed.read()).toEqual(['half pass"word-1234 end'])
  const text = readFileSync(file, 'utf8')
  expect(text).toBe(`before ${fill} key=${'*'.repeat(16)} after\nhalf ${'*'.repeat(14)} end\n`)
  followed.close()
})

test('H1: bytes that are no UTF-8, in a folder with Chinese letters and blanks, break no line', () => {
  const home = join(folder, '张　庭 綱')
  mkdirSync(home)
  const followed = new FollowedFile(join(home, 'server.stderr.log'), new Redactor())
  const gbk = Buffer.from('433a5c55736572735cd5c50a', 'hex')
  appendFileSync(followed.file, Buffer.concat([Buffer.from('before\n'), gbk, Buffer.from('after 张　庭\n')]))
  expect(followed.read()).toEqual(['before', expect.stringMatching(/^C:\\Users\\\ufffd+$/), 'after 张　庭'])
  followed.close()
})
