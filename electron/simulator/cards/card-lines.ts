import type { CardTable } from './card-table'
import { type CardRow, fieldOf, stamp } from './fields'

/** Cells that a card which is lost still answers. */
const survivingLoss = ['timestamp', 'fan.speed', 'pstate']

const titled = (name: string, unit: string | undefined, isBare: boolean) =>
  unit && !isBare ? `${name} [${unit}]` : name
const measured = (value: string, unit: string | undefined, isBare: boolean) =>
  unit && !isBare && /^-?\d/.test(value) ? `${value} ${unit}` : value

/** The header of a query: the canonical names, not always the ones asked for. */
export const cardHeader = (names: readonly string[], branch: number, isBare: boolean): string =>
  `${names
    .map((name) => {
      const field = fieldOf(name, branch)
      return titled(field?.title ?? name, field?.unit, isBare)
    })
    .join(', ')}\n`

/** One card's row; a card that is lost goes on, but with the error in its cells. */
export function cardLine(row: CardRow, names: readonly string[], table: CardTable, isBare: boolean): string {
  const { fault } = table
  const isLost = fault?.kind === 'lost-card' && fault.index === row.index
  const cells = names.map((name) => {
    const field = fieldOf(name, table.branch)
    if (!field) return '[N/A]'
    if (isLost && !survivingLoss.includes(name)) return '[GPU is lost]'
    if (fault?.kind === 'field-error' && fault.index === row.index && fault.field === name) return `[${fault.text}]`
    return measured(field.read(row), field.unit, isBare)
  })
  return `${cells.join(', ')}\n`
}

type ProcessField = {
  title: string
  unit?: string
  read(process: { pid: number; name: string; bytes: number; row: CardRow }): string
}

const processFields: Record<string, ProcessField> = {
  timestamp: { title: 'timestamp', read: () => stamp(new Date()) },
  gpu_name: { title: 'gpu_name', read: ({ row }) => row.card.name },
  gpu_bus_id: { title: 'gpu_bus_id', read: ({ row }) => `00000000:0${row.index + 1}:00.0` },
  gpu_serial: { title: 'gpu_serial', read: () => '[N/A]' },
  gpu_uuid: { title: 'gpu_uuid', read: ({ row }) => row.card.uuid },
  pid: { title: 'pid', read: ({ pid }) => String(pid) },
  process_name: { title: 'process_name', read: ({ name }) => name.replaceAll(',', '?') },
  name: { title: 'process_name', read: ({ name }) => name.replaceAll(',', '?') },
  used_gpu_memory: { title: 'used_gpu_memory', unit: 'MiB', read: ({ bytes }) => String(Math.round(bytes / 2 ** 20)) },
  used_memory: { title: 'used_gpu_memory', unit: 'MiB', read: ({ bytes }) => String(Math.round(bytes / 2 ** 20)) },
}

export const unknownProcessField = (names: readonly string[]) => names.find((name) => !processFields[name]) ?? null

export const processHeader = (names: readonly string[], isBare: boolean): string =>
  `${names.map((name) => titled(processFields[name]?.title ?? name, processFields[name]?.unit, isBare)).join(', ')}\n`

/** One row for each card that a process holds memory of, card by card. */
export function processLines(
  rows: readonly CardRow[],
  names: readonly string[],
  table: CardTable,
  isBare: boolean,
): string {
  const holders = table.holders()
  return rows
    .flatMap((row) =>
      holders.flatMap(({ pid, holder }) => {
        const bytes = holder.cardBytes[row.index] ?? 0
        if (bytes === 0) return []
        const process = { pid, name: holder.name, bytes, row }
        const cells = names.map((name) => {
          const field = processFields[name]
          return field ? measured(field.read(process), field.unit, isBare) : '[N/A]'
        })
        return [`${cells.join(', ')}\n`]
      }),
    )
    .join('')
}
