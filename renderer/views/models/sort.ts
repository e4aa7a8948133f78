import type { InstalledModel } from '../../../shared/contract/models'

export type SortKey = 'name' | 'parameters' | 'size' | 'context' | 'changed'
export type Sort = { key: SortKey; isDescending: boolean }

const unitOf: Record<string, number> = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 }

/** "70.6B" as a number; 0 where it is unknown, so that it comes last. */
export function parameterCount(text: string | null): number {
  const match = /^([\d.]+)\s*([KMBT])?$/i.exec(text ?? '')
  return match ? Number(match[1]) * (unitOf[(match[2] ?? '').toUpperCase()] ?? 1) : 0
}

const values: Record<SortKey, (model: InstalledModel) => string | number> = {
  name: ({ name }) => name.toLowerCase(),
  parameters: ({ parameterSize }) => parameterCount(parameterSize),
  size: ({ sizeBytes }) => sizeBytes,
  context: ({ contextLength }) => contextLength ?? 0,
  changed: ({ modifiedAtMs }) => modifiedAtMs,
}

export function sortModels(models: readonly InstalledModel[], { key, isDescending }: Sort): InstalledModel[] {
  const sortValue = values[key]
  return [...models].sort((left, right) => {
    const [a, b] = [sortValue(left), sortValue(right)]
    const order = a < b ? -1 : a > b ? 1 : left.name < right.name ? -1 : 1
    return isDescending ? -order : order
  })
}
