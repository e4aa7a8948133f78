import { expect, test } from 'vitest'
import { exitReason } from './exit-reason'

test.each([
  ['port-taken', 1, null, 'Error: listen tcp 127.0.0.1:11434: bind: address already in use'],
  [
    'port-taken',
    1,
    null,
    'Error: listen tcp 127.0.0.1:11434: bind: Only one usage of each socket address is normally permitted.',
  ],
  ['bad-address', 1, null, 'Error: listen tcp 10.9.9.9:11434: bind: cannot assign requested address'],
  ['bad-address', 1, null, 'Error: listen tcp: lookup nosuch: no such host'],
  ['permission', 1, null, 'Error: listen tcp 127.0.0.1:80: bind: permission denied'],
  ['permission', 1, null, 'Error: mkdir /srv/models: permission denied: ensure path elements are traversable'],
  ['no-home', 2, null, 'panic: $HOME is not defined'],
  ['permission', 1, null, 'Error: mkdir /etc/hostname: not a directory: ensure path elements are traversable'],
  ['bad-origin', 2, null, "panic: bad origin: origins must contain '*' or include http://,https://"],
  ['bad-origin', 2, null, 'panic: only one * is allowed'],
  ['panic', 2, null, 'panic: runtime error: invalid memory address'],
  ['killed', null, 'SIGKILL', 'time=... level=INFO msg=x'],
  ['stopped-by-other', 0, null, ''],
  ['unseen', null, null, ''],
  ['panic', null, null, 'panic: runtime error: invalid memory address'],
  ['unknown', 3, null, ''],
] as const)('%s: code %s, signal %s, "%s"', (reason, code, signal, line) => {
  expect(exitReason({ code, signal, error: null, lastLines: [line] })).toBe(reason)
})
