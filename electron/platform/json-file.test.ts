import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { z } from 'zod'
import { JsonFile } from './json-file'
import { SavedForm } from './saved-form'

const form = new SavedForm('names', z.object({ name: z.string().default('') }), [
  ({ called, ...rest }) => ({ name: called, ...rest }),
])
let folder: string
let logged: string[]
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-'))
  logged = []
})
afterEach(() => rmSync(folder, { recursive: true }))

const place = () => join(folder, 'settings.json')
const open = () =>
  new JsonFile(place(), form, { info() {}, warn() {}, error: (message, detail) => logged.push(`${message} ${detail}`) })

test('a missing file gives the defaults and is not written until something changes', () => {
  expect(open().value).toEqual({ name: '' })
  expect(readdirSync(folder)).toEqual([])
})

test('what was written is read again, with the version it has on disk', () => {
  open().write({ name: 'box' })
  expect(open().value).toEqual({ name: 'box' })
  expect(readdirSync(folder)).toEqual(['settings.json'])
  expect(JSON.parse(readFileSync(place(), 'utf8'))).toEqual({ version: 2, name: 'box' })
})

test.each(['{"called": "box"}', '{"version": 1, "called": "box"}'])(
  'a file of an earlier version is read (%s)',
  (text) => {
    writeFileSync(place(), text)
    expect(open().value).toEqual({ name: 'box' })
    expect(logged).toEqual([])
  },
)

test.each(['{ not json', '{"version": 7}', '{"version": 2, "name": 3}', 'null', '{"version": "2"}'])(
  'a file that cannot be read (%s) is set aside and told of, not overwritten',
  (text) => {
    writeFileSync(place(), text)
    const file = open()
    expect(file.value).toEqual({ name: '' })
    expect(readFileSync(file.setAsideFile ?? '', 'utf8')).toBe(text)
    expect(logged).toEqual([expect.stringContaining(file.setAsideFile ?? '-')])
  },
)
