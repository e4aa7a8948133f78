import { expect, test } from 'vitest'
import { goUnquoted } from './go-quoted'
import { pairsOf } from './log-line'

test.each([
  ['plain', 'plain'],
  ['""', ''],
  ['"张\\u3000庭 綱"', '张\u3000庭 綱'],
  ['"a \\"b\\" c"', 'a "b" c'],
  ['"it\\\'s"', "it's"],
  ['"C:\\\\Users\\\\new\\\\u3000"', 'C:\\Users\\new\\u3000'],
  ['"\\a\\b\\f\\n\\r\\t\\v"', '\x07\b\f\n\r\t\v'],
  ['"\\x00\\x01\\x7f"', '\x00\x01\x7f'],
  ['"\\xe5\\xbc\\xa0"', '张'],
  ['"\\xd5\\x5c.exe"', '\ufffd\\.exe'],
  ['"\\xd5\\xe5\\xbc\\xa0"', '\ufffd张'],
  ['"\\345\\274\\240"', '张'],
  ['"\\U0001f600"', '😀'],
  ['"\\ufffd \\ufeff"', '\ufffd \ufeff'],
  ['"\\ud800"', '\ufffd'],
  ['"\\U00110000"', '\ufffd'],
  ['"cut short', 'cut short'],
  ['"\\q \\u12 \\x1"', '\\q \\u12 \\x1'],
])('L24: Go wrote %s and meant %j', (written, meant) => expect(goUnquoted(written)).toBe(meant))

test('L24: what stands quoted in a line of the log is read as it was meant', () => {
  const line = 'time=x level=INFO msg="Load failed" model="/srv/张\\u3000庭 綱/blobs/\\"a\\"" error="bad \\xff byte\\n"'
  expect(pairsOf(line)).toMatchObject({ model: '/srv/张\u3000庭 綱/blobs/"a"', error: 'bad \ufffd byte\n' })
})
