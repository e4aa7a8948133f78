import { expect, test } from 'vitest'
import { turned } from './order'

const byName = { column: 'name', isDescending: false }

test.each([
  ['its own column turns it round', byName, 'name', false, { column: 'name', isDescending: true }],
  ['twice turns it back', { column: 'name', isDescending: true }, 'name', false, byName],
  ['its own column does so whatever it starts with', byName, 'name', true, { column: 'name', isDescending: true }],
  ['another begins from the first letter', byName, 'state', false, { column: 'state', isDescending: false }],
  ['another begins from its largest number', byName, 'size', true, { column: 'size', isDescending: true }],
])('a press on a head: %s', (_, order, column, startsDescending, expected) => {
  expect(turned(order, column, startsDescending)).toEqual(expected)
})
