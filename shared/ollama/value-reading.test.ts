import { expect, test } from 'vitest'
import { settingById } from './settings'
import { isInEffect, readValue, shortDuration } from './value-reading'

const setting = (id: string) => {
  const found = settingById(id)
  if (!found) throw new Error(`no setting ${id}`)
  return found
}

test.each([
  ['parallel', ' 4 ', 'read 4'],
  ['parallel', '"4"', 'read 4'],
  ['parallel', '004', 'read 4'],
  ['parallel', '+4', 'unreadable'],
  ['parallel', '４', 'unreadable'],
  ['parallel', ' ', 'empty'],
  ['parallel', "''", 'empty'],
  ['gpuOverhead', '18446744073709551615', 'read 18446744073709551615'],
  ['gpuOverhead', '18446744073709551616', 'unreadable'],
  ['keepAlive', '5m0s', 'read 5m0s'],
  ['keepAlive', '-1', 'read -1'],
  ['keepAlive', '5 m', 'unreadable'],
  ['loadTimeout', '0', 'read -1'],
  ['spread', 'TRUE', 'read 1'],
  ['spread', 'tRUE', 'read 1'],
  ['spread', 'no', 'read 1'],
  ['spread', 'False', 'read 0'],
  ['keyValueType', 'Q8_0', 'read q8_0'],
  ['modelsFolder', '"/srv/a b"', 'read /srv/a b'],
])('L12: %s=%s is %s', (id, text, expected) => {
  const reading = readValue(setting(id), text, '0.33.0')
  expect(reading.is === 'read' ? `read ${reading.value}` : reading.is).toBe(expected)
})

test.each([
  ['keepAlive', '5m', '5m0s', true],
  ['keepAlive', '300', '5m0s', true],
  ['keepAlive', '-1', '2562047h47m16.854775807s', true],
  ['keepAlive', '0', '0s', true],
  ['keepAlive', '5m', '6m0s', false],
  ['loadTimeout', '0', '2562047h47m16.854775807s', true],
  ['debug', '1', 'DEBUG', true],
  ['debug', '0', 'INFO', true],
  ['debug', '2', 'DEBUG-4', true],
  ['debug', '1', 'DEBUG-4', false],
  ['spread', '1', 'true', true],
  ['keyValueType', 'Q8_0', 'q8_0', true],
  ['origins', '"a://b"', '[a://b c://d]', true],
  ['modelsFolder', '/srv/m/', '/srv/m', true],
  ['modelsFolder', '/', '/', true],
  ['modelsFolder', '~/m', '/home/me/m', true],
  ['modelsFolder', '/srv/M', '/srv/m', false],
])('F38: %s %s and %s are the same: %s', (id, asked, used, isSame) => {
  expect(isInEffect(setting(id), asked, used, '0.33.0', '/home/me')).toBe(isSame)
})

test.each([
  ['5m0s', '5m'],
  ['1h0m0s', '1h'],
  ['1h30m0s', '1h30m'],
  ['10s', '10s'],
  ['0s', '0s'],
  ['1h0m5s', '1h0m5s'],
  ['2562047h47m16.854775807s', '-1'],
  ['-5m', '-1'],
  ['20m', '20m'],
  ['soon', 'soon'],
])('F38: %s is written as %s', (text, short) => expect(shortDuration(text)).toBe(short))
