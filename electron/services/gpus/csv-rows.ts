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

/** Splitting on the comma is safe but for the names of processes: those of cards and errors hold none. */
export const cellsOf = (line: string): string[] => line.split(', ').map((cell) => cell.trim())

const processName = 'process_name'

/**
 * One line as a row; null for a line that is not one, such as a message between rows. A row of another length is read as
 * far as it says whose it is: the name of a process may hold commas, so its row is read from both ends.
 */
export function rowOf(line: string, columns: readonly string[]): CsvRow | null {
  const wide = columns.indexOf(processName)
  const cells = wide === -1 ? cellsOf(line) : cellsAround(line, wide, columns.length - wide - 1)
  if (cells.length !== columns.length && !isIdentified(cells, columns)) return null
  return Object.fromEntries(columns.map((column, place) => [column, cells[place] ?? '']))
}

/** So many cells from the left, so many from the right, and whatever is between them as one. */
function cellsAround(line: string, left: number, right: number): string[] {
  const cells = cellsOf(line)
  if (cells.length <= left + right) return cells
  return [...cells.slice(0, left), cells.slice(left, cells.length - right).join(', '), ...cells.slice(-right)]
}

/** Whether the cells that say whose row it is stand where they should. */
function isIdentified(cells: readonly string[], columns: readonly string[]): boolean {
  const cell = (column: string) => cells[columns.indexOf(column)] ?? ''
  const isNumber = (text: string) => /^\d+$/.test(text)
  if (columns.includes('pid')) return isNumber(cell('pid')) && cell('uuid') !== ''
  return isNumber(cell('index')) && /^(GPU-|MIG-|\[)/.test(cell('uuid'))
}

/**
 * All rows of a whole output: by its own header where it has one, else by the columns that were asked. `onOther` is told
 * what is no row.
 */
export function rowsOf(text: string, asked: readonly string[], onOther: (line: string) => void = () => {}): CsvRow[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const columns = headerColumns(lines[0] ?? '')
  const rows = columns ? lines.slice(1) : lines
  return rows
    .map((line) => {
      const row = rowOf(line, columns ?? asked.map(askedName))
      if (row === null) onOther(line)
      return row
    })
    .filter((row) => row !== null)
}
