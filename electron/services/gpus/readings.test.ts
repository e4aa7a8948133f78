import { expect, test } from 'vitest'
import { numberIn, readCell } from './cells'
import { factsOf, lostReasonOf, processOf, readingOf, throttleReasons } from './readings'

test.each([
  ['388.51', { kind: 'number', value: 388.51 }],
  [' 92 %', { kind: 'number', value: 92 }],
  ['0', { kind: 'number', value: 0 }],
  ['[N/A]', { kind: 'unsupported' }],
  ['N/A', { kind: 'unsupported' }],
  ['[Not Supported]', { kind: 'unsupported' }],
  ['[Requested functionality has been deprecated]', { kind: 'unsupported' }],
  ['', { kind: 'unsupported' }],
  ['[GPU is lost]', { kind: 'failing', text: 'GPU is lost' }],
  ['[unknown return value: 30]', { kind: 'failing', text: 'unknown return value: 30' }],
  ['ERR!', { kind: 'failing', text: 'ERR!' }],
  ['Enabled', { kind: 'words', text: 'Enabled' }],
])('the cell "%s" is read as what it is', (text, cell) => expect(readCell(text)).toEqual(cell))

test('a missing number is null, never 0 and never NaN', () => {
  expect([undefined, '', '[N/A]', 'ERR!', 'fast', 'NaN', '1e9'].map(numberIn)).toEqual(Array(7).fill(null))
})

test.each([
  ['0x0000000000000001', ['idle']],
  ['0x0000000000000000', []],
  ['0x0000000000000024', ['power-cap', 'software-thermal']],
  ['0xFFFF0000000000C8', ['hardware-slowdown', 'hardware-thermal', 'power-brake']],
  ['[N/A]', null],
])('the mask %s holds its reasons', (mask, reasons) => expect(throttleReasons(mask)).toEqual(reasons))

test('a frozen power sensor is no reading', () => {
  const row = { 'power.draw': '588.00' }
  expect(readingOf(row, 1, 35).powerWatts).toBeNull()
  expect(readingOf(row, 1, 600).powerWatts).toBe(588)
  expect(readingOf(row, 1, null).powerWatts).toBe(588)
})

test('a value that fails leaves the others, and its words are told; a lost card has none', () => {
  const row = { uuid: 'GPU-a', 'utilization.gpu': '[Unknown Error]', 'memory.used': '100', 'fan.speed': '[N/A]' }
  expect(lostReasonOf(row)).toBeNull()
  expect(readingOf(row, 1, null)).toMatchObject({
    utilizationPercent: null,
    memoryUsedBytes: 100 * 2 ** 20,
    driverErrors: ['Unknown Error'],
  })
  expect(lostReasonOf({ ...row, 'power.draw': '[GPU is lost]' })).toBe('GPU is lost')
  expect(lostReasonOf({ ...row, 'memory.used': '[Timeout]' })).toBe('Unknown Error')
})

test('a chip that shares the memory of the system has no total of its own', () => {
  expect(factsOf({ index: '0', uuid: 'GPU-a', name: 'NVIDIA GB10', 'memory.total': '[N/A]' })).toMatchObject({
    name: 'GB10',
    memoryTotalBytes: null,
    pcie: null,
  })
})

test('a process is told by its file; Windows tells no memory', () => {
  const row = { uuid: 'GPU-a', pid: '4242', process_name: 'C:\\Ollama\\ollama.exe', used_memory: '[N/A]' }
  expect(processOf(row)).toEqual({ uuid: 'GPU-a', pid: 4242, name: 'ollama.exe', usedBytes: null })
})
