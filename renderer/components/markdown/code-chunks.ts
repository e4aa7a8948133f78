const fewest = 60
const most = 120

/**
 * Cuts code into pieces of 60 to 120 lines, where a blank line stands before one that is not indented if there is such
 * a place. The pieces of a beginning are those of the whole, but for the last: code that grows is coloured once.
 */
export function codeChunks(code: string): string[] {
  const chunks: string[] = []
  let start = 0
  let lineCount = 0
  let place = 0
  for (;;) {
    const end = code.indexOf('\n', place)
    if (end === -1) break
    lineCount++
    const isBlank = code.slice(place, end).trim() === ''
    const next = code[end + 1]
    const isGoodPlace = lineCount >= fewest && isBlank && next !== undefined && !/\s/.test(next)
    if (isGoodPlace || (lineCount >= most && next !== undefined)) {
      chunks.push(code.slice(start, end + 1))
      start = end + 1
      lineCount = 0
    }
    place = end + 1
  }
  if (start < code.length) chunks.push(code.slice(start))
  return chunks
}
