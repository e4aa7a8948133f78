import { expect, test } from 'vitest'
import { compareVersions, isAtLeast } from './version'

test.each([
  ['0.5.12', '0.5.13', -1],
  ['0.10.0', '0.9.6', 1],
  ['0.32.15', '0.32.15', 0],
  ['v0.5.12', '0.5.12', 0],
  ['0.33.0-rc2', '0.33.0', 0],
  ['0.0.0', '0.32.15', 1],
  ['0.5', '0.5.0', 0],
])('%s beside %s: %s', (left, right, order) => expect(compareVersions(left, right)).toBe(order))

test('a version is at least itself', () => expect(isAtLeast('0.5.13', '0.5.13')).toBe(true))
