const escapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  "'": "'",
  '"': '"',
}

const unknownLetter = '\ufffd'

/**
 * A text that Go has quoted (%q, strconv.Quote), as it was meant; any other as it is. Bytes that are no UTF-8 stand in it
 * one by one (\xd5): they become the letter for what cannot be shown.
 */
export function goUnquoted(text: string): string {
  if (!text.startsWith('"')) return text
  const inner = text.endsWith('"') && text.length > 1 ? text.slice(1, -1) : text.slice(1)
  return inner.replace(
    /\\(?:u([\da-fA-F]{4})|U([\da-fA-F]{8})|([abfnrtv\\'"]))|(?:\\x[\da-fA-F]{2}|\\[0-7]{3})+/g,
    (whole: string, short?: string, long?: string, letter?: string) => {
      const code = short ?? long
      if (code !== undefined) return letterOf(Number.parseInt(code, 16))
      return letter === undefined ? textOf(bytesIn(whole)) : (escapes[letter] ?? whole)
    },
  )
}

const letterOf = (code: number) =>
  code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? unknownLetter : String.fromCodePoint(code)

const bytesIn = (escaped: string) =>
  [...escaped.matchAll(/\\x(..)|\\(\d{3})/g)].map(([, hexadecimal, octal]) =>
    hexadecimal === undefined ? Number.parseInt(octal ?? '', 8) & 0xff : Number.parseInt(hexadecimal, 16),
  )

const percent = (bytes: readonly number[]) => bytes.map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('')

/** Bytes as UTF-8, with a mark for each that is none. */
function textOf(bytes: readonly number[]): string {
  let said = ''
  for (let place = 0; place < bytes.length; ) {
    const length = [1, 2, 3, 4].find((count) => isText(bytes.slice(place, place + count)))
    said += length === undefined ? unknownLetter : decodeURIComponent(percent(bytes.slice(place, place + length)))
    place += length ?? 1
  }
  return said
}

function isText(bytes: readonly number[]): boolean {
  try {
    return decodeURIComponent(percent(bytes)).length > 0
  } catch {
    return false
  }
}
