import type { InstalledModel, LoadedModel, Models } from '../../../../shared/contract/models'
import type { Order } from '../../../components/table/order'

export type ModelRow = InstalledModel & {
  held: LoadedModel | null
  /** The server lists it as loaded, and its process is gone. */
  isGone: boolean
  /** What is being done with it on the user's wish. */
  doing: Models['busy'][number]['doing'] | null
}

export type ColumnId = 'name' | 'parameters' | 'quantization' | 'size' | 'context' | 'family' | 'loaded' | 'changed'

const letters = new Intl.Collator('en', { numeric: true, sensitivity: 'base' })

/** What a column sorts by; null goes last in either order. */
const values: Record<ColumnId, (row: ModelRow) => string | number | null> = {
  name: (row) => row.name,
  parameters: (row) => parameterCount(row.parameterSize),
  quantization: (row) => row.quantization,
  size: (row) => row.sizeBytes,
  context: (row) => row.contextLength,
  family: (row) => row.family,
  loaded: (row) => row.held?.vramBytes ?? null,
  changed: (row) => row.modifiedAtMs || null,
}

/** A number begins with its largest, a word with its first letter. */
export const startsDescending = (column: ColumnId): boolean => !['name', 'quantization', 'family'].includes(column)

export function sortModels(rows: readonly ModelRow[], { column, isDescending }: Order<ColumnId>): ModelRow[] {
  const sortedBy = values[column]
  return [...rows].sort((one, other) => {
    const [first, second] = [sortedBy(one), sortedBy(other)]
    if (first === null || second === null) {
      return Number(first === null) - Number(second === null) || letters.compare(one.name, other.name)
    }
    const difference =
      typeof first === 'number' && typeof second === 'number'
        ? first - second
        : letters.compare(String(first), String(second))
    return (isDescending ? -difference : difference) || letters.compare(one.name, other.name)
  })
}

const factors: Record<string, number> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }

/** "70.6B", "494.03M" and the "8x7B" of a mixture, as a number. */
export function parameterCount(text: string | null): number | null {
  const [, times = '1', count, factor = ''] = /^(?:(\d+)x)?(\d+(?:\.\d+)?)([KMBT])?$/i.exec(text ?? '') ?? []
  return count === undefined ? null : Number(times) * Number(count) * (factors[factor.toUpperCase()] ?? 1)
}

/** "137.00M" as "137M": zeros that Ollama writes and nobody reads. */
export const shortParameters = (text: string): string =>
  text.replace(/(\.\d*?)0+(?=[KMBT]$)/i, '$1').replace(/\.(?=\D)/, '')
