import { expect, test } from 'vitest'
import { redact } from './redact'

test.each([
  ['HTTPS_PROXY:http://me:secret@proxy:3128/', 'HTTPS_PROXY:http://…@proxy:3128/'],
  ['Authorization: Bearer abcdef0123456789', 'Authorization: Bearer …'],
  ['key sk-abcdefghijklmnop1234 here', 'key sk-...1234 here'],
  ['ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI', 'ssh-ed25519 …'],
  ['http://127.0.0.1:11434/api', 'http://127.0.0.1:11434/api'],
])('%s is written as %s', (text, redacted) => {
  expect(redact(text)).toBe(redacted)
})
