import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readCell } from './cells'
import { askedName, headerColumns, rowsOf } from './csv-rows'
import { lineSplitter } from './line-splitter'
import { outcomeOf, unreachableCards } from './outcome'
import { factsOf, lostReasonOf, processOf, readingOf } from './readings'

const folder = process.env.CORRAL_GPU_FIXTURES ?? resolve('../shared/gpu-fixtures')

type Entry = { file: string; format?: string; argv?: string; exit?: number }
type Recorded = { argv: string[]; chunks_ms_text: [atMs: number, text: string][] }
type Case = { name: string; smi: string; setup: string; argv: string[]; exit: number; stdout: string; stderr: string }

const dynamicColumns = [
  'timestamp',
  'index',
  'uuid',
  'pstate',
  'temperature.gpu',
  'temperature.memory',
  'fan.speed',
  'power.draw',
  'power.draw.instant',
  'enforced.power.limit',
  'clocks.sm',
  'clocks.mem',
  'utilization.gpu',
  'utilization.memory',
  'memory.used',
  'memory.free',
  'memory.reserved',
  'pcie.link.gen.current',
  'pcie.link.width.current',
  'clocks_throttle_reasons.active',
]
const staticColumns = [
  'index',
  'uuid',
  'name',
  'pci.bus_id',
  'driver_version',
  'vbios_version',
  'compute_cap',
  'memory.total',
  'power.limit',
  'power.default_limit',
  'power.min_limit',
  'power.max_limit',
  'clocks.max.sm',
  'clocks.max.mem',
  'pcie.link.gen.max',
  'pcie.link.width.max',
  'persistence_mode',
  'compute_mode',
  'ecc.mode.current',
  'mig.mode.current',
  'driver_model.current',
]

const read = (file: string) => readFileSync(join(folder, file), 'utf8')
const json = <T>(file: string): T => (existsSync(join(folder, file)) ? (JSON.parse(read(file)) as T) : ([] as T))

/** The columns of a text without a header: what its command line asked, or the order its name stands for. */
function columnsOf({ file, argv }: Entry): string[] | null {
  const asked = /--query-(?:gpu|compute-apps)=(\S+)/.exec(argv ?? '')?.[1]
  if (asked) return asked.split(',')
  if (/dynamic/.test(file)) return dynamicColumns
  if (/static/.test(file)) return staticColumns
  return null
}

const finiteOrNull = (value: unknown) => value === null || (typeof value === 'number' && Number.isFinite(value))

function expectReading(row: Record<string, string>) {
  const reading = readingOf(row, 1, null)
  for (const [name, value] of Object.entries(reading)) {
    if (name === 'performanceState' || name === 'throttleReasons') continue
    expect(value, name).toSatisfy(finiteOrNull)
  }
  // A cell that holds digits must have been read as them, and one that holds none must not.
  const sources: [keyof typeof reading, string[]][] = [
    ['utilizationPercent', ['utilization.gpu']],
    ['temperatureCelsius', ['temperature.gpu']],
    ['fanPercent', ['fan.speed']],
    ['coreClockMegahertz', ['clocks.sm']],
    ['memoryUsedBytes', ['memory.used']],
    ['powerWatts', ['power.draw', 'power.draw.instant']],
  ]
  for (const [name, columns] of sources) {
    const holdsDigits = columns.some((column) => /^-?\d/.test(row[column] ?? ''))
    expect(reading[name] !== null, `${name} of "${columns.map((column) => row[column])}"`).toBe(holdsDigits)
  }
  expect(reading.utilizationPercent ?? 0).toBeLessThanOrEqual(100)
  expect(reading.performanceState ?? 'P0').toMatch(/^P\d{1,2}$/)
  if (/^0x0*[1-9a-f]/i.test(row['clocks_throttle_reasons.active'] ?? '')) {
    expect(reading.throttleReasons.length).toBeGreaterThan(0)
  }
}

function expectRow(row: Record<string, string>) {
  for (const text of Object.values(row)) {
    const cell = readCell(text)
    if (cell.kind === 'number') expect(Number.isFinite(cell.value)).toBe(true)
    if (/^\[.*\]$/.test(text)) expect(cell.kind).not.toBe('words')
  }
  if (lostReasonOf(row) === null) expectReading(row)
  if (row['memory.total'] !== undefined && row.uuid !== undefined && row.index !== undefined) {
    const facts = factsOf(row)
    expect(facts?.memoryTotalBytes).toBeGreaterThan(2 ** 30)
    expect(facts?.name).not.toMatch(/^NVIDIA /)
  }
}

describe.skipIf(!existsSync(join(folder, 'manifest.json')))('GPU fixtures', () => {
  if (!existsSync(join(folder, 'manifest.json'))) {
    console.log(`no GPU fixtures at ${folder}: their tests are skipped`)
    test('skipped', () => {})
    return
  }
  const entries = json<Entry[]>('manifest.json').filter(
    ({ file }) => file.startsWith('nvidia/') && /\.(csv|txt|xml)$/.test(file),
  )

  test.each(entries.map((entry) => [entry.file, entry] as const))('%s', (file, entry) => {
    const text = read(file)
    const chunksFile = file.replace(/\.txt$/, '.chunks.json')
    if (/compute-apps/.test(file)) {
      const rows = rowsOf(text, columnsOf(entry) ?? [])
      expect(rows.length).toBeGreaterThan(0)
      for (const row of rows) {
        const process = processOf(row)
        expect(process?.pid).toBeGreaterThan(0)
        expect(process?.usedBytes).toSatisfy(finiteOrNull)
        expect(process?.name).not.toMatch(/[\\/]/)
      }
    } else if (/^loop-.*(load|header|lost)/.test(file.split('/').pop() ?? '')) {
      expectLoop(text, file, chunksFile)
    } else if (/\.csv$/.test(file) || /--query-gpu/.test(entry.argv ?? '')) {
      const columns = headerColumns(text.split('\n')[0] ?? '') ?? columnsOf(entry)
      expect(columns).not.toBeNull()
      const rows = rowsOf(text, columns ?? [])
      expect(rows).toHaveLength(
        text.split(/\r?\n/).filter((line) => line.trim() !== '').length -
          (headerColumns(text.split('\n')[0] ?? '') ? 1 : 0),
      )
      for (const row of rows) expectRow(row)
    } else {
      // Tables, -L, dmon, pmon, XML: not what Corral asks. None of it may be taken for readings or for a failure.
      expect(
        outcomeOf({ exitCode: 0, signal: null, stdout: text, stderr: '', timedOut: false, notFound: false }),
      ).toEqual({ kind: 'rows', text })
      for (const row of rowsOf(text, dynamicColumns)) expect(factsOf(row)).toBeNull()
    }
  })

  function expectLoop(text: string, file: string, chunksFile: string) {
    const lines: string[] = []
    const feed = lineSplitter((line) => lines.push(line))
    const bytes = Buffer.from(text)
    // As it arrived where that was recorded, else cut where it hurts.
    const recorded = existsSync(join(folder, chunksFile)) ? (JSON.parse(read(chunksFile)) as Recorded) : null
    const pieces = recorded?.chunks_ms_text.map(([, piece]) => piece) ?? []
    if (pieces.join('') === text) for (const piece of pieces) feed(Buffer.from(piece))
    else for (let at = 0; at < bytes.length; at += 7) feed(bytes.subarray(at, at + 7))
    feed(Buffer.from('\n'))
    expect(lines).toEqual(text.split(/\r?\n/).filter((line) => line.trim() !== ''))
    const header = headerColumns(lines[0] ?? '')
    const columns = header ?? columnsOf({ file, argv: recorded?.argv.join(' ') ?? '' }) ?? []
    const rows = rowsOf(text, columns)
    expect(rows.length).toBeGreaterThanOrEqual(lines.length - 2)
    const lost = rows.filter((row) => lostReasonOf(row) !== null)
    if (/lost-midway/.test(file)) {
      expect(lost.length).toBeGreaterThan(0)
      expect(lost[0]?.uuid).toBe('[GPU is lost]')
    } else expect(lost).toEqual([])
    for (const row of rows) expectRow(row)
  }

  const cases = [
    ...json<Case[]>('nvidia/binary/cases.json'),
    ...json<Case[]>('nvidia/binary/cases-nothing-mocked.json'),
  ]
  test.each(cases.map((one, place) => [`${one.name} (${one.smi}, case ${place})`, one] as const))('%s', (_, one) => {
    const outcome = outcomeOf({
      exitCode: one.exit,
      signal: null,
      stdout: one.stdout,
      stderr: one.stderr,
      timedOut: false,
      notFound: false,
    })
    const said = `${one.stdout}${one.stderr}`
    const field = /Field "([^"]*)" is not a valid/.exec(one.stdout)?.[1]
    if (field !== undefined) return expect(outcome).toEqual({ kind: 'unknown-field', field })
    if (one.exit !== 0) expect(outcome.kind).toBe('failed')
    if (/version mismatch/i.test(said) && one.exit !== 0) expect(outcome).toMatchObject({ reason: 'driver-mismatch' })
    else if (/communicate with the NVIDIA driver|libnvidia-ml/.test(said))
      expect(outcome).toMatchObject({ reason: 'no-driver' })
    else if (/readable by current user/.test(said)) expect(outcome).toMatchObject({ reason: 'no-permission' })
    else if (/No devices/.test(said)) expect(outcome).toMatchObject({ reason: 'no-devices' })
    if (/Unable to determine the device handle/.test(said)) expect(unreachableCards(said)[0]?.reason).toMatch(/\w/)
    if (outcome.kind !== 'rows') return
    const asked = one.argv.find((argument) => argument.startsWith('--query-'))
    if (!asked) return
    const columns = asked
      .slice(asked.indexOf('=') + 1)
      .split(',')
      .map(askedName)
    const rows = rowsOf(outcome.text, columns)
    const header = headerColumns(outcome.text.split('\n')[0] ?? '')
    expect(rows).toHaveLength(outcome.text.split('\n').filter((line) => line.trim() !== '').length - (header ? 1 : 0))
    for (const row of rows) {
      if (asked.startsWith('--query-compute-apps')) expect(Number.isFinite(Number(row.pid))).toBe(true)
      else expectRow(row)
    }
  })

  test('every nvidia text of the folder is in the manifest', () => {
    const named = new Set(entries.map(({ file }) => file))
    const texts = readdirSync(join(folder, 'nvidia'), { recursive: true, encoding: 'utf8' })
      .filter((file) => /\.(csv|txt|xml)$/.test(file))
      .map((file) => `nvidia/${file.replaceAll('\\', '/')}`)
    expect(texts.filter((file) => !named.has(file))).toEqual([])
  })
})
