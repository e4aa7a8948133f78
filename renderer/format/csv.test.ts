import { expect, test } from 'vitest'
import { type CsvCell, csv } from './csv'

test.each<[string, CsvCell, string]>([
  ['a word', 'qwen3:8b', 'qwen3:8b'],
  ['a comma', 'fast, and loud', '"fast, and loud"'],
  ['a quotation mark', 'the "big" one', '"the ""big"" one"'],
  ['two lines', 'one\r\ntwo', '"one\r\ntwo"'],
  ['a space at the end', 'GPU 0 ', '"GPU 0 "'],
  ['Chinese', '显存，已用', '显存，已用'],
  ['a number', 0.25, '0.25'],
  ['a negative number', -12, '-12'],
  ['what is not known', null, ''],
  ['an empty text', '', ''],
  ['a formula', '=HYPERLINK("http://x")', '"\'=HYPERLINK(""http://x"")"'],
  ['a formula that begins with a sign', '-1+cmd', "'-1+cmd"],
  ['a formula that begins with @', '@SUM(A1)', "'@SUM(A1)"],
  ['a formula behind a tab', '\t=1', "'\t=1"],
])('%s in a cell', (_, cell, expected) => expect(csv([[cell]])).toBe(`${expected}\r\n`))

test('cells stand between commas, every row ends with a line break', () => {
  expect(
    csv([
      ['time', 'watts'],
      ['08:00', null],
      ['08:01', 412],
    ]),
  ).toBe('time,watts\r\n08:00,\r\n08:01,412\r\n')
  expect(csv([])).toBe('')
})
