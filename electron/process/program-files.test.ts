import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { programFiles } from './program-files'

let folder: string
const at = (...parts: string[]) => join(folder, ...parts)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-programs-'))
  for (const place of ['first', 'second', 'usual']) {
    mkdirSync(at(place))
    writeFileSync(at(place, 'tool'), '', { mode: 0o755 })
  }
})
afterEach(() => rmSync(folder, { recursive: true }))

const find = (...path: string[]) =>
  programFiles('tool', [at('usual', 'tool')], {
    environment: { PATH: path.map((name) => at(name)).join(delimiter) },
    platform: 'linux',
  })

test('what lies in PATH comes before the usual places', () => {
  expect(find('second', 'first')).toEqual([at('second', 'tool'), at('first', 'tool'), at('usual', 'tool')])
})

test('a program is told once, however many ways lead to it', () => {
  mkdirSync(at('links'))
  symlinkSync(at('usual', 'tool'), at('links', 'tool'))
  expect(find('first', 'links', 'first')).toEqual([at('first', 'tool'), at('links', 'tool')])
})

test('a folder of that name, and a file that may not be run, are no programs', () => {
  mkdirSync(at('folder', 'tool'), { recursive: true })
  mkdirSync(at('plain'))
  writeFileSync(at('plain', 'tool'), '', { mode: 0o644 })
  expect(find('folder', 'plain', 'nowhere')).toEqual([at('usual', 'tool')])
})
