import { expect, test } from 'vitest'
import { isLoopback } from './loopback'

test.each([
  ['127.0.0.1', true],
  ['127.8.0.1', true],
  ['::1', true],
  ['localhost', true],
  ['0.0.0.0', false],
  ['127.evil.example', false],
  ['192.168.1.5', false],
])('%s is loopback: %s', (address, expected) => expect(isLoopback(address)).toBe(expected))
