import { expect, test } from 'vitest'
import { z } from 'zod'
import { Failure } from '../../shared/failure'
import { RecordReader, SavedForm } from './saved-form'

const form = new SavedForm('point', z.object({ xMetres: z.number(), y: z.number() }), [
  ({ x, ...rest }) => ({ xFeet: x, ...rest }),
  ({ xFeet, ...rest }) => ({ xMetres: Number(xFeet) * 0.3048, ...rest }),
])

test.each([
  ['of the first version, which had no number', { x: 10, y: 1 }],
  ['of the first version', { version: 1, x: 10, y: 1 }],
  ['of the second', { version: 2, xFeet: 10, y: 1 }],
  ['of today', { version: 3, xMetres: 3.048, y: 1 }],
])('a record %s is read as one of today', (_, record) => {
  expect(form.upgrade(record)).toEqual({ xMetres: 3.048, y: 1 })
  expect(form.read(JSON.stringify(record))).toEqual({ xMetres: 3.048, y: 1 })
})

test('what is kept has its version, and is read again', () => {
  expect(form.text({ xMetres: 2, y: 1 })).toBe('{"version":3,"xMetres":2,"y":1}')
  expect(form.read(form.text({ xMetres: 2, y: 1 }))).toEqual({ xMetres: 2, y: 1 })
})

test.each([
  ['recordNewer', '{"version": 4, "xKilometres": 1}'],
  ['recordBroken', '{"version": 3, "y": 1}'],
  ['recordBroken', '{"version": 3, "xMet'],
  ['recordBroken', '"a text"'],
  ['recordBroken', '{"version": 0}'],
])('%s is said of %s', (code, text) => {
  expect(() => form.read(text)).toThrow(expect.objectContaining({ code }))
})

test('of a record that cannot be read the log says once that it was left', () => {
  const logged: string[] = []
  const reader = new RecordReader({
    info() {},
    warn() {},
    error: (message, detail) => logged.push(`${message}: ${detail}`),
  })
  for (const id of ['a', 'a', 'b']) expect(reader.tryRead(id, () => form.read('{"version": 9}'))).toBeNull()
  expect(reader.tryRead('c', () => form.read('{"x": 10, "y": 1}'))).toEqual({ xMetres: 3.048, y: 1 })
  expect(logged).toHaveLength(2)
  expect(logged[0]).toContain('a, Failure: recordNewer: point: version 9')
  const other = () =>
    reader.tryRead('d', () => {
      throw new Failure('runNotFound')
    })
  expect(other).toThrow('runNotFound')
})
