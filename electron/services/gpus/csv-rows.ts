export type CsvRow = Record<string, string>

/** A header prints the canonical name, not the one that was asked (gpu.md 1.2). */
const askedNames: Record<string, string> = {
  'clocks.current.sm': 'clocks.sm',
  'clocks.current.graphics': 'clocks.gr',
  'clocks.current.memory': 'clocks.mem',
  'clocks.current.video': 'clocks.video',
  'clocks.max.memory': 'clocks.max.mem',
  'clocks_event_reasons.active': 'clocks_throttle_reasons.active',
  'gpu.power.draw.instant': 'power.draw.instant',
  used_gpu_memory: 'used_memory',
  gpu_name: 'name',
  gpu_uuid: 'uuid',
  gpu_bus_id: 'pci.bus_id',
}

export const askedName = (name: string) => askedNames[name] ?? name

const headerCell = /^[a-z][\w-]*(\.[\w-]+)*( \[[^\]]+\])?$/i

/** The columns of a header line; null when it is none. */
export function headerColumns(line: string): string[] | null {
  const cells = cellsOf(line)
  if (cells.length === 0 || !cells.every((cell) => headerCell.test(cell))) return null
  return cells.map((cell) => askedName(cell.replace(/ \[.*$/, '')))
}

/** Splitting on the comma is safe: names and errors hold none. */
export const cellsOf = (line: string): string[] => line.split(', ').map((cell) => cell.trim())

/** One line as a row; null for a line that is not one, such as a message between rows. */
export function rowOf(line: string, columns: readonly string[]): CsvRow | null {
  const cells = cellsOf(line)
  if (cells.length !== columns.length) return null
  return Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? '']))
}

/** All rows of a whole output: by its own header where it has one, else by the columns that were asked. */
export function rowsOf(text: string, asked: readonly string[]): CsvRow[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const columns = headerColumns(lines[0] ?? '')
  const rows = columns ? lines.slice(1) : lines
  return rows.map((line) => rowOf(line, columns ?? asked.map(askedName))).filter((row) => row !== null)
}
