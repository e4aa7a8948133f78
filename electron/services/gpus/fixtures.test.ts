import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Lines } from '../../platform/lines'
import { cardsFound } from './cards-found'
import { readCell } from './cells'
import { askedName, type CsvRow, headerColumns, rowOf, rowsOf } from './csv-rows'
import { outcomeOf, unreachableCards } from './outcome'
import { factsOf, lostReasonOf, processOf, readingOf } from './readings'

const folder = process.env.CORRAL_GPU_FIXTURES ?? resolve('../shared/gpu-fixtures')
const isThere = existsSync(join(folder, 'manifest.json'))
if (!isThere) test.skip('how outputs of real tools are read: the GPU fixtures are not beside this repository', () => {})

type Entry = { file: string; argv?: string; exit?: number }
type Recorded = { argv: string[]; stderr?: string; chunks_ms_text: [atMs: number, text: string][] }
type Case = { name: string; smi: string; argv: string[]; exit: number; stdout: string; stderr: string }

const read = (file: string) => readFileSync(join(folder, file), 'utf8')
const json = <T>(file: string): T[] => (existsSync(join(folder, file)) ? (JSON.parse(read(file)) as T[]) : [])
const entries = json<Entry>('manifest.json').filter(({ file }) => /^nvidia\/.*\.(csv|txt|xml)$/.test(file))
const cases = [...json<Case>('nvidia/binary/cases.json'), ...json<Case>('nvidia/binary/cases-nothing-mocked.json')]

const linesOf = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '')
const asked = (argv: string) => /--query-(?:gpu|compute-apps)=(\S+)/.exec(argv)?.[1]?.split(',').map(askedName)

/** As it arrived, where that was recorded. */
function recordedOf(file: string): Recorded | null {
  const chunks = file.replace(/\.txt$/, '.chunks.json')
  return chunks !== file && existsSync(join(folder, chunks)) ? (JSON.parse(read(chunks)) as Recorded) : null
}

/** The columns of a text: its header, else its command line, else the order that the README gives for its kind. */
function columnsOf({ file, argv }: Entry): string[] | null {
  const ofHeader = headerColumns(linesOf(read(file))[0] ?? '')
  const ofCommand = asked(recordedOf(file)?.argv.join(' ') ?? '') ?? asked(argv ?? '')
  if (ofHeader ?? ofCommand) return ofHeader ?? ofCommand ?? null
  const kind = /dynamic|static/.exec(file)?.[0]
  const order = kind && new RegExp(`Column order of \`-${kind}-\`: (.+)`).exec(read('README.md'))?.[1]
  return order ? order.trim().split(', ').map(askedName) : null
}

const digits = /^-?\d+(\.\d+)?( ?(MiB|%|W|MHz))?$/
const finiteOrNull = (value: unknown) => value === null || (typeof value === 'number' && Number.isFinite(value))

/** A cell that holds a number must have been read as it, and one that holds none must be a gap. */
function expectReading(row: CsvRow) {
  const reading = readingOf(row, 1, null)
  const sources = [
    [reading.utilizationPercent, ['utilization.gpu'], 1],
    [reading.memoryUsedBytes, ['memory.used'], 2 ** 20],
    [reading.memoryReservedBytes, ['memory.reserved'], 2 ** 20],
    [reading.powerWatts, ['power.draw', 'power.draw.instant'], 1],
    [reading.powerLimitWatts, ['enforced.power.limit', 'power.limit'], 1],
    [reading.temperatureCelsius, ['temperature.gpu'], 1],
    [reading.coreClockMegahertz, ['clocks.sm'], 1],
    [reading.memoryClockMegahertz, ['clocks.mem'], 1],
    [reading.fanPercent, ['fan.speed'], 1],
  ] as const
  for (const [value, columns, factor] of sources) {
    const text = columns.map((column) => row[column] ?? '').find((cell) => digits.test(cell))
    expect(value, columns[0]).toBe(text === undefined ? null : Number.parseFloat(text) * factor)
  }
  expect(reading.utilizationPercent ?? 0).toBeGreaterThanOrEqual(0)
  expect(reading.utilizationPercent ?? 0).toBeLessThanOrEqual(100)
  expect(reading.temperatureCelsius ?? 40).toBeLessThan(130)
  expect(reading.performanceState ?? 'P0').toMatch(/^P\d{1,2}$/)
  const mask = row['clocks_throttle_reasons.active']
  if (!/^0x/.test(mask ?? '')) expect(reading.throttleReasons).toBeNull()
  else if (/^0x0{8,}[0-9a-f]{1,8}$/i.test(mask ?? '')) {
    const bits = Number(mask) & 0x1ff
    expect(reading.throttleReasons).toHaveLength([...bits.toString(2)].filter((bit) => bit === '1').length)
  }
}

function expectCardRow(row: CsvRow) {
  for (const text of Object.values(row)) {
    const cell = readCell(text)
    if (digits.test(text)) expect(cell).toEqual({ kind: 'number', value: Number.parseFloat(text) })
    else if (!/^-?\d/.test(text)) expect(cell.kind).not.toBe('number')
    if (/^\[?N\/A\]?$/.test(text) || text === '[Not Supported]') expect(cell.kind).toBe('unsupported')
    else if (/^\[.*\]$/.test(text)) expect(['failing', 'unsupported']).toContain(cell.kind)
  }
  expect(lostReasonOf(row) !== null).toBe(Object.values(row).some((text) => /lost\]|reset\]/.test(text)))
  expectReading(row)
  if (row['memory.total'] === undefined) return
  const facts = factsOf({ index: '0', uuid: 'GPU-0', ...row })
  expect(facts?.memoryTotalBytes ?? 2 ** 30).toBeGreaterThan(2 ** 26)
  expect(facts?.name).not.toMatch(/^NVIDIA /)
  if (digits.test(row['pcie.link.gen.max'] ?? '')) expect(facts?.pcie).toMatch(/^\d\.0 × \d+$/)
}

function expectProcessRow(row: CsvRow) {
  const process = processOf({ uuid: 'GPU-0', ...row })
  expect(process?.pid).toBe(Number(row.pid))
  expect(process?.usedBytes).toSatisfy(finiteOrNull)
  expect(process?.usedBytes !== null).toBe(digits.test(row.used_memory ?? ''))
  expect(process?.name).not.toMatch(/[\\/]/)
}

/** Fed piece by piece, as a pipe gives it, the lines are the same. */
function expectSameLines(text: string, pieces: string[]) {
  const lines = new Lines(64 * 1024)
  const whole = [...pieces, '\n'].flatMap((piece) => lines.take(Buffer.from(piece)))
  expect(whole.filter((line) => line.trim() !== '')).toEqual(linesOf(text))
}

describe.skipIf(!isThere)('GPU fixtures', () => {
  test.each(entries.map((entry) => [entry.file, entry] as const))('%s', (file, entry) => {
    const text = read(file)
    const outcome = outcomeOf({
      exitCode: entry.exit ?? 0,
      signal: null,
      stdout: text,
      stderr: '',
      timedOut: false,
      notFound: false,
    })
    expect(outcome.kind).toBe((entry.exit ?? 0) === 0 ? 'rows' : 'failed')
    const pieces = recordedOf(file)?.chunks_ms_text.map(([, piece]) => piece) ?? []
    expectSameLines(text, pieces.join('') === text ? pieces : (text.match(/.{1,7}/gs) ?? []))
    const columns = columnsOf(entry)
    if (columns === null) {
      // Tables, -L, dmon, pmon, XML: not what Corral asks. Nothing of them may be taken for a card.
      for (const line of linesOf(text)) expect(rowOf(line, ['index', 'uuid', 'name'])).toBeNull()
      return
    }
    const rows = rowsOf(text.replaceAll('\n', '\r\n'), columns)
    expect(rows).toEqual(rowsOf(text, columns))
    expect(rows).toHaveLength(linesOf(text).length - (headerColumns(linesOf(text)[0] ?? '') ? 1 : 0))
    for (const row of rows) {
      if (columns.includes('pid')) expectProcessRow(row)
      else expectCardRow(row)
    }
  })

  test.each(cases.map((one, place) => [`${one.name} (${one.smi}, case ${place})`, one] as const))('%s', (_, one) => {
    const { stdout, stderr, argv } = one
    const outcome = outcomeOf({ exitCode: one.exit, signal: null, stdout, stderr, timedOut: false, notFound: false })
    const said = `${stdout}${stderr}`
    const field = /Field "([^"]*)" is not a valid/.exec(stdout)?.[1]
    if (field !== undefined) return expect(outcome).toEqual({ kind: 'unknown-field', field })
    const isNone = /No devices (were )?found/.test(said)
    expect(outcome.kind).toBe(one.exit !== 0 || isNone ? 'failed' : 'rows')
    const unreachable = unreachableCards(said)
    expect(unreachable).toHaveLength(said.split('Unable to determine the device handle').length - 1)
    for (const { card, reason } of unreachable) {
      expect(card).toMatch(/^[0-9a-fA-F:.]+$/)
      expect(said).toContain(reason.slice(0, 11))
    }
    if (outcome.kind === 'failed') {
      if (/version mismatch/i.test(said)) expect(outcome.reason).toBe('driver-mismatch')
      else if (/communicate with the NVIDIA driver|libnvidia-ml/.test(said)) expect(outcome.reason).toBe('no-driver')
      else if (/readable by current user/.test(said)) expect(outcome.reason).toBe('no-permission')
      else if (unreachable.length > 0) expect(outcome.reason).toBe('cards-lost')
      else if (/NVML: Unknown Error/.test(said)) expect(outcome.reason).toBe('devices-taken')
      else if (/blocked by the operating system/.test(said)) expect(outcome.reason).toBe('blocked-by-system')
      else expect(outcome.reason).toBe(isNone ? 'no-devices' : 'other')
      return expect(outcome.detail).toBe(`${stdout}\n${stderr}`.trim())
    }
    const columns = asked(argv.join(' '))
    if (outcome.kind !== 'rows' || !columns) return
    const rows = rowsOf(outcome.text, columns)
    expect(rows).toHaveLength(linesOf(stdout).length - (headerColumns(linesOf(stdout)[0] ?? '') ? 1 : 0))
    if (columns.includes('pid')) return rows.forEach(expectProcessRow)
    rows.forEach(expectCardRow)
    if (columns.includes('uuid')) expect(cardsFound(stdout, columns, stderr).unreachable).toEqual(unreachable)
  })
})
