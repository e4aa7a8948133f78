/** In base64 a secret looks different by its place among the three bytes that make four characters. */
const places = [0, 1, 2]
const leastInBase64 = 4
/** A shorter one is looked for as a word of its own only. */
const longEnoughInsideWords = 8

/**
 * Finds a secret as it is, quoted by JSON, Go or a shell, percent-encoded, as entities, in hexadecimal, or in base64
 * wherever it begins in there, as in a Basic header; in any mixture. `bytes`: in a buffer read as latin1.
 */
export function formsOf(secret: string, read: 'text' | 'bytes'): RegExp {
  const utf8 = Buffer.from(secret)
  const written = (secret.match(/\\+|[^\\]/gu) ?? []).map((piece) => formsOfPiece(piece, read)).join('')
  const plain = secret.length < longEnoughInsideWords ? `(?<![A-Za-z0-9])${written}(?![A-Za-z0-9])` : written
  const hexadecimal = [...utf8.toString('hex')].map(anyCase).join('')
  const base64 = places.map((place) => coreInBase64(utf8, place)).filter((core) => core.length >= leastInBase64)
  const encoded = base64.map((core) => `[\\w+/-]?${[...core].map(formsInBase64).join('')}[\\w+/-]?(?:=|%3[dD]){0,2}`)
  return new RegExp([plain, hexadecimal, ...encoded].join('|'), 'g')
}

/** Overwrites what the forms find with stars. Tells whether there was any. */
export function fillForms(bytes: Buffer, forms: RegExp): boolean {
  const found = [...bytes.toString('latin1').matchAll(forms)]
  for (const { index, 0: text } of found) bytes.fill('*', index, index + text.length)
  return found.length > 0
}

/** A character, or a run of backslashes: each of them may be doubled, and told apart they could be so in too many ways. */
function formsOfPiece(piece: string, read: 'text' | 'bytes'): string {
  const isRun = piece.startsWith('\\')
  const character = isRun ? '\\' : piece
  const utf8 = Buffer.from(character)
  const itself = literally(read === 'text' ? character : utf8.toString('latin1'))
  const hex = (value: number, digits: number) => [...value.toString(16).padStart(digits, '0')].map(anyCase).join('')
  const bytes = [...utf8].map((byte) => hex(byte, 2))
  const units = Array.from({ length: character.length }, (_, place) => hex(character.charCodeAt(place), 4))
  const code = character.codePointAt(0) ?? 0
  const many = isRun ? `{${piece.length}}` : ''
  const forms = [
    isRun ? `\\\\{${piece.length},${4 * piece.length}}` : `${quotable.test(character) ? '\\\\{0,4}' : ''}${itself}`,
    ...[
      bytes.map((byte) => `%(?:25){0,2}${byte}`).join(''),
      units.map((unit) => `\\\\{1,4}u${unit}`).join(''),
      bytes.map((byte) => `\\\\{1,4}x${byte}`).join(''),
      `&#0{0,3}${code};`,
      `&#[xX]0{0,3}${hex(code, 1)};`,
      ...(names.has(character) ? [names.get(character)] : []),
    ].map((form) => `(?:${form})${many}`),
  ]
  return `(?:${forms.join('|')})`
}

const quotable = /["'/ $&<>`]/
const names = new Map([
  ['"', '&quot;'],
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ["'", '&apos;'],
  [' ', '\\+'],
  ['\n', '\\\\{1,4}n'],
  ['\t', '\\\\{1,4}t'],
])

/** The characters that stand for the secret alone, whatever comes before and after it. */
function coreInBase64(utf8: Buffer, place: number): string {
  const firstWhole = Math.ceil((place * 8) / 6)
  const lastWhole = Math.floor(((place + utf8.length) * 8) / 6)
  return Buffer.concat([Buffer.alloc(place), utf8])
    .toString('base64')
    .slice(firstWhole, lastWhole)
}

/** Also as the alphabet of URLs has it, and percent-encoded. */
function formsInBase64(character: string): string {
  if (character === '+') return '(?:[+-]|%2[bB])'
  if (character === '/') return '(?:\\\\{0,4}[/_]|%2[fF])'
  return character
}

const anyCase = (digit: string) =>
  digit.toLowerCase() === digit.toUpperCase() ? digit : `[${digit.toLowerCase()}${digit.toUpperCase()}]`

const literally = (text: string) => text.replace(/[\\^$.*+?()[\]{}|/-]/g, '\\$&')
