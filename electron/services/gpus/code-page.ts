const undecodable = '\uFFFD'
const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A letter of a Chinese, Japanese or Korean code page: its second byte can look like a letter, a comma or a backslash. */
const doubleByte = /[\x81-\xfe][\x30-\x39][\x81-\xfe][\x30-\x39]|[\x81-\xfe][\x40-\xfe]|[\x80-\xff]/g

/**
 * Text of unknown origin, line by line: as UTF-8 where it is that; else each letter outside of ASCII, whole, is a mark,
 * since nobody says which code page it is of. Takes a letter a byte.
 */
export function withMarks(bytes: string): string {
  return bytes
    .split('\n')
    .map((line) => decoded(line) ?? line.replace(doubleByte, undecodable))
    .join('\n')
}

function decoded(line: string): string | null {
  try {
    return utf8.decode(Buffer.from(line, 'latin1'))
  } catch {
    return null
  }
}
