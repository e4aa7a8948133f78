const longestEnd = 14
const shortestStart = 3

/** Where a part of a name or path begins: "org/model-GGUF:Q4_K_M", "C:\models". */
const seams = /[/\\:@.\-_ ]/

/**
 * A name in two: what may be cut, and the end that tells it from its sisters: its tag, its quantization, or the last
 * part of a path. Together they are the name.
 */
export function splitName(name: string): [start: string, end: string] {
  const letters = [...name]
  const cut = (place: number): [string, string] => [letters.slice(0, place).join(''), letters.slice(place).join('')]
  if (letters.length <= longestEnd) return cut(letters.length)
  const tag = letters.lastIndexOf(':')
  if (tag > letters.lastIndexOf('/') && tag >= shortestStart && letters.length - tag <= longestEnd) return cut(tag)
  const folder = Math.max(letters.lastIndexOf('/'), letters.lastIndexOf('\\'))
  if (tag <= folder && folder > 0 && letters.length - folder <= longestEnd) return cut(folder)
  const first = letters.length - longestEnd
  const seam = letters.findIndex((letter, place) => place >= first && place < letters.length - 1 && seams.test(letter))
  return cut(seam < 0 ? letters.length - Math.floor(longestEnd / 2) : seam)
}

/** The same where only a text can stand: its middle is left out beyond so many letters. */
export function shortName(name: string, mostLetters: number): string {
  const letters = [...name]
  if (letters.length <= mostLetters) return name
  const [, end] = splitName(name)
  const kept = [...end].slice(-Math.max(1, mostLetters - shortestStart - 1))
  return `${letters.slice(0, Math.max(1, mostLetters - kept.length - 1)).join('')}…${kept.join('')}`
}
