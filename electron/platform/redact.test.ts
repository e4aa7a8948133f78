import { expect, test } from 'vitest'
import { redact } from './redact'

test.each([
  ['HTTPS_PROXY:http://me:secret@proxy:3128/', 'HTTPS_PROXY:http://…@proxy:3128/'],
  ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer …'],
  ['key sk-abcdefghijklmnop1234 here', 'key sk-...1234 here'],
  ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI', 'ssh-ed25519 …'],
  ['-xsocks5://me:secret@proxy', '-xsocks5://…@proxy'],
  ['http://127.0.0.1:11434/api', 'http://127.0.0.1:11434/api'],
])('%s is written as %s', (text, redacted) => {
  expect(redact(text)).toBe(redacted)
})

test.each([
  ['a dotted name', 'a.'],
  ['a path', 'a/b:'],
  ['addresses', 'http://a:b'],
  ['the beginning of keys', 'sk-'],
  ['the beginning of tokens', 'Bearer '],
])('an endless line of %s takes no more than its length in time, and is cut', (_, piece) => {
  const startedAtMs = performance.now()
  const redacted = redact(piece.repeat(400_000 / piece.length))
  expect(performance.now() - startedAtMs).toBeLessThan(2000) // quadratic, it is half a minute
  expect(redacted.length).toBeLessThan(20_000)
})
