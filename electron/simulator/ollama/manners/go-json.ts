/** JSON as Go writes it: what could end a script element in a page is escaped. */
export const goJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

/** What Go's decoder says of a text that is no JSON; null where it is. */
export function jsonProblem(text: string): string | null {
  try {
    JSON.parse(text)
    return null
  } catch (error) {
    const body = text.trimEnd()
    const place = /position (\d+)/.exec(String(error))?.[1]
    const isCut = /end of JSON input|Unterminated string/.test(String(error)) || Number(place ?? 0) >= body.length
    return isCut ? 'unexpected EOF' : `invalid character '${body[Number(place ?? 0)]}' looking for beginning of value`
  }
}

/** The kind of a JSON value in Go's words. */
export function goKind(value: unknown): string {
  if (Array.isArray(value)) return 'array'
  if (typeof value === 'boolean') return 'bool'
  return typeof value
}
