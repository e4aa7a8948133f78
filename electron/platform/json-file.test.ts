import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { JsonFile } from './json-file'

const Schema = z.object({ version: z.literal(1).default(1), name: z.string().default('') })
let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a missing file gives the defaults and is not written until something changes', () => {
  const file = new JsonFile(join(folder, 'settings.json'), Schema)
  expect(file.value).toEqual({ version: 1, name: '' })
  expect(readdirSync(folder)).toEqual([])
})

test('what was written is read again', () => {
  new JsonFile(join(folder, 'settings.json'), Schema).write({ version: 1, name: 'box' })
  expect(new JsonFile(join(folder, 'settings.json'), Schema).value.name).toBe('box')
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

test.each(['{ not json', '{"version": 7}'])('a file that does not parse (%s) is set aside, not overwritten', (text) => {
  writeFileSync(join(folder, 'settings.json'), text)
  const file = new JsonFile(join(folder, 'settings.json'), Schema)
  expect(file.setAsideFile).not.toBeNull()
  expect(readFileSync(file.setAsideFile ?? '', 'utf8')).toBe(text)
})
