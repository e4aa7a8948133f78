import { expect, test } from 'vitest'
import { Failure } from './failure'

const blotOut = (text: string) => text.replaceAll('secret', '…')

test('a failure stays what it is', () => {
  const failure = new Failure('diskFull')
  expect(Failure.from(failure, 'ollamaFailed')).toBe(failure)
})

test('anything else that was thrown says its own words', () => {
  expect(Failure.from(new Error('boom'), 'pullFailed')).toMatchObject({ code: 'pullFailed', detail: 'Error: boom' })
})

test('a page is told what happened without the secrets in it', () => {
  expect(new Failure('ollamaFailed', 'the secret is out').report(blotOut)).toEqual({
    code: 'ollamaFailed',
    detail: 'the … is out',
  })
  expect(new Failure('diskFull').report(blotOut)).toEqual({ code: 'diskFull' })
})
