import { expect, test } from 'vitest'
import { nastyFolders } from '../../../shared/ollama/nasty-paths.testing'
import { numberIn, readCell } from './cells'
import { withMarks } from './code-page'
import { askedName, rowOf, rowsOf } from './csv-rows'
import { outcomeOf } from './outcome'
import { loopFields, processFields, staticFields } from './query-fields'
import { factsOf, lostReasonOf, processOf, readingOf, throttleReasons, withSystemMemory } from './readings'

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

const processes = (text: string) => rowsOf(withMarks(text), processFields).flatMap((row) => processOf(row) ?? [])
const bytes = (...parts: (string | number[])[]) =>
  parts
    .map((part) => (typeof part === 'string' ? Buffer.from(part).toString('latin1') : String.fromCharCode(...part)))
    .join('')

test.each([
  ['GPU-1, 100, /opt/Acme, Inc/run, 500', 'run', 500],
  ['GPU-1, 100, /opt/run, with commas, and more, 500', 'run, with commas, and more', 500],
  ['GPU-1, 100, [Insufficient Permissions], [N/A]', '', null],
  ['GPU-1, 100, [Not Found], 500', '', 500],
  ['GPU-1, 100, , 500', '', 500],
  ['GPU-1, 100, python3', 'python3', null],
  ['GPU-1, 100', '', null],
  [bytes('GPU-1, 100, C:\\', [0xd5, 0x5c], '.exe, [N/A]'), '\uFFFD.exe', null],
  [bytes('GPU-1, 100, C:\\', [0xc4, 0xa3, 0xd0, 0xcd], '\\ollama.exe, 7'), 'ollama.exe', 7],
  [bytes('GPU-1, 100, /opt/模型/运行 器, 7'), '运行 器', 7],
  [bytes('GPU-1, 100, /opt/', [0xff], ', 7'), '\uFFFD', 7],
])('G2: the process row %j is told by its name and its memory', (text, name, mebibytes) => {
  const usedBytes = mebibytes === null ? null : mebibytes * 2 ** 20
  const found = processes(`${text}\nGPU-2, 101, other, 1\n`)
  expect(found).toEqual([
    { uuid: 'GPU-1', pid: 100, name, usedBytes },
    { uuid: 'GPU-2', pid: 101, name: 'other', usedBytes: 2 ** 20 },
  ])
})

test.each(nastyFolders)('L6: a process is told by its file in %s', (folder) => {
  const path = folder.startsWith('/') ? `${folder}/ollama` : `${folder}\\ollama.exe`
  expect(processes(bytes(`GPU-1, 100, ${path}, 7`))).toMatchObject([{ name: path.slice(folder.length + 1) }])
})

test('G1: a row of a GB10 is a card that shares the memory of the machine', () => {
  const uuid = 'GPU-11111111-0000-0000-0000-000000000000'
  const facts = rowOf(`0, ${uuid}, NVIDIA GB10, 580.126.09, [N/A], [N/A], [N/A], 1, 1`, staticFields.map(askedName))
  expect(factsOf(facts ?? {})).toMatchObject({ uuid, name: 'GB10', sharesMemory: true })
  const line = `0, ${uuid}, 2, [N/A], [N/A], 12.41, [N/A], 38, 2418, [N/A], [N/A], P0, 0x0000000000000000`
  const reading = readingOf(rowOf(line, loopFields) ?? {}, 1, null)
  expect(reading).toMatchObject({ utilizationPercent: 2, memoryUsedBytes: null, powerWatts: 12.41, driverErrors: [] })
  expect(withSystemMemory(reading).memoryUsedBytes).toBeGreaterThan(0)
  expect(processes(`${uuid}, 4242, /usr/bin/ollama, 6590`)).toEqual([
    { uuid, pid: 4242, name: 'ollama', usedBytes: 6590 * 2 ** 20 },
  ])
})

test('G1: a chip that has no id either is known by its place; a total that fails is not a shared memory', () => {
  const row = { index: '0', uuid: '[N/A]', name: 'Orin (nvgpu)', 'memory.total': '[Not Supported]' }
  expect(factsOf(row)).toMatchObject({ uuid: 'GPU 0', sharesMemory: true })
  expect(factsOf({ ...row, uuid: '[GPU is lost]' })).toBeNull()
  expect(factsOf({ ...row, 'memory.total': '[Unknown Error]' })).toMatchObject({ sharesMemory: false })
  expect(factsOf({ ...row, 'memory.total': '24564' })).toMatchObject({ sharesMemory: false })
})

test('a row with cells too few or too many is read as far as it goes, and a message is no row', () => {
  const columns = loopFields.map(askedName)
  const told: string[] = []
  const rows = rowsOf(
    '0, GPU-a, 12, 100\n1, GPU-b, 13, 200, 0, 1, 2, 3, 4, 5, 6, P0, 0x0, new\nWARNING: x, y\n',
    columns,
    (line) => told.push(line),
  )
  expect(rows.map((row) => [row.uuid, row['utilization.gpu'], row['memory.used']])).toEqual([
    ['GPU-a', '12', '100'],
    ['GPU-b', '13', '200'],
  ])
  expect(readingOf(rows[0] ?? {}, 1, null)).toMatchObject({ powerWatts: null, throttleReasons: null })
  expect(told).toEqual(['WARNING: x, y'])
})

test.each([
  ['Failed to initialize NVML: Unknown Error\n', 255, 'devices-taken'],
  ['Failed to initialize NVML: GPU access blocked by the operating system\n', 17, 'blocked-by-system'],
  ['Failed to initialize NVML: GPU access blocked by the operating system\n', 0, 'blocked-by-system'],
  ['Failed to initialize NVML: Insufficient Permissions\n', 4, 'no-permission'],
  ['Failed to initialize NVML: Driver Not Loaded\n', 9, 'no-driver'],
  ['NVIDIA-SMI has failed because you do not have suffient permissions.\n', 4, 'no-permission'],
  ['Failed to initialize NVML: something of tomorrow\n', 255, 'other'],
])('G3: %j with exit code %i is told as %s', (stdout, exitCode, reason) => {
  const result = { exitCode, signal: null, stdout, stderr: '', timedOut: false, notFound: false }
  expect(outcomeOf(result)).toMatchObject({ kind: 'failed', reason })
})
