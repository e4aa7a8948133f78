/** An unknown value's fields, none when it is no object. */
export function fields(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
}

export const isText = (value: unknown): value is string => typeof value === 'string' && value !== ''

export const textIn = (value: unknown): string => (typeof value === 'string' ? value : '')

export const textOrNull = (value: unknown): string | null => (isText(value) ? value : null)

export const numberOrNull = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : null

/** What is said of an error; undefined where the field is there and says none, as some send it beside every chunk. */
export function errorIn(value: unknown): unknown {
  if (value === null || value === false || value === '') return undefined
  return typeof value === 'object' && Object.keys(value).length === 0 ? undefined : value
}
