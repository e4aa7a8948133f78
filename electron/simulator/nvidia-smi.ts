import { setTimeout as pause } from 'node:timers/promises'
import { cardHeader, cardLine, processHeader, processLines, unknownProcessField } from './cards/card-lines'
import { CardTable } from './cards/card-table'
import type { CardRow } from './cards/fields'
import { readSmiOptions, type SmiOptions } from './cards/smi-options'
import { cardFailure, driverFailure } from './cards/start-failures'

/** The simulated `nvidia-smi` executable: the queries Corral asks, on cards that follow what the simulated server does. */
async function main(): Promise<void> {
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGQUIT'] as const) process.on(signal, () => process.exit(0))
  process.stdout.on('error', () => process.exit(141)) // the reader is gone: SIGPIPE ends the real one
  const table = new CardTable()
  const { fault, branch } = table
  const { nvidiaSmiVersion, cards } = table.configuration
  const options = readSmiOptions(process.argv.slice(2), branch)
  if (fault?.kind === 'hangs') await pause(2 ** 31 - 1)
  if (options.problem) return finish(options.problem.code, options.problem.text)
  if (options.tellsVersion) return finish(0, versionText(nvidiaSmiVersion))
  const failure = driverFailure(fault, nvidiaSmiVersion, branch)
  if (failure) return finish(failure.code, failure.text)
  const unknown = options.gpuFields
    ? table.unknownField(options.gpuFields)
    : unknownProcessField(options.processFields ?? [])
  if (unknown !== null) return finish(2, `Field "${unknown}" is not a valid field to query.\n\n`)
  const hasNone = fault?.kind === 'no-devices' || cards.length === 0
  if (options.lists) {
    const lines = cards.map((card, index) => `GPU ${index}: ${card.name} (UUID: ${card.uuid})\n`).join('')
    return finish(0, hasNone ? 'No devices found.\n' : lines)
  }
  if (hasNone) return finish(6, 'No devices were found\n')
  const closed = closedCard(table, options)
  if (closed === 'all') return
  const isChosen = (row: CardRow) => row.index !== closed && isAsked(row, options)
  if (!cards.some((card, index) => index !== closed && isAsked({ card, index }, options))) {
    return finish(6, 'No devices were found\n')
  }
  await report(table, options, isChosen)
}

/** A card that cannot be opened: its place, or everything where it ends the whole. */
function closedCard(table: CardTable, options: SmiOptions): number | 'all' | null {
  const failure = cardFailure(table.fault, table.branch)
  const card = failure ? table.configuration.cards[failure.index] : undefined
  if (!failure || !card || !isAsked({ card, index: failure.index }, options)) return null
  if (!failure.endsAll) {
    process.stderr.write(failure.text)
    return failure.index
  }
  finish(failure.code, failure.text)
  return 'all'
}

function isAsked({ card, index }: Pick<CardRow, 'card' | 'index'>, { ids }: SmiOptions): boolean {
  return ids === null || ids.includes(String(index)) || ids.includes(card.uuid)
}

/** Prints the header once and then all rows at each tick; each row is whole and goes out at once. */
async function report(table: CardTable, options: SmiOptions, isChosen: (row: CardRow) => boolean): Promise<void> {
  const { gpuFields, processFields, format, everyMs } = options
  const isBare = format?.includes('nounits') ?? false
  const hasHeader = !format?.includes('noheader')
  if (!gpuFields && !processFields) return finish(0, overview(table.read().filter(isChosen)))
  if (hasHeader) {
    process.stdout.write(
      gpuFields ? cardHeader(gpuFields, table.branch, isBare) : processHeader(processFields ?? [], isBare),
    )
  }
  for (;;) {
    const rows = table.read().filter(isChosen)
    if (gpuFields) for (const row of rows) process.stdout.write(cardLine(row, gpuFields, table, isBare))
    else process.stdout.write(processLines(rows, processFields ?? [], table, isBare))
    if (everyMs === null) return finish(0, '')
    await pause(everyMs) // after the work, as the real one sleeps: its period is a little longer than asked
  }
}

function finish(code: number, text: string): void {
  process.stdout.write(text, () => process.exit(code))
}

const versionText = (version: string) =>
  [
    `NVIDIA-SMI version  : ${version}`,
    `NVML version        : ${version.split('.').slice(0, 2).join('.')}`,
    `DRIVER version      : ${version}`,
    'CUDA Version        : 13.0',
    '',
  ].join('\n')

/** The table without arguments, in short: Corral does not read it. */
const overview = (rows: readonly CardRow[]) =>
  rows
    .map(
      ({ card, index, driverVersion, reading }) =>
        `| ${index}  ${card.name} | driver ${driverVersion} | ${Math.round(reading.celsius)}C ${Math.round(reading.watts)}W / ${card.powerLimitWatts}W | ${Math.round(reading.usedBytes / 2 ** 20) + 4}MiB / ${card.memoryMebibytes}MiB | ${reading.utilizationPercent}% |\n`,
    )
    .join('')

void main()
