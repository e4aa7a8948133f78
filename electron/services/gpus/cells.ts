/** One cell of nvidia-smi's CSV, by gpu.md 1.4: a number, words, something the card does not have, or an error of the driver. */
export type Cell =
  | { kind: 'number'; value: number }
  | { kind: 'words'; text: string }
  | { kind: 'unsupported' }
  | { kind: 'failing'; text: string }

const number = /^(-?\d+(?:\.\d+)?)(?: ?(?:MiB|GiB|MB|%|W|MHz|us|C|RPM|KB\/s))?$/

export function readCell(text: string | undefined): Cell {
  const cell = (text ?? '').trim()
  const digits = number.exec(cell)?.[1]
  if (digits !== undefined) return { kind: 'number', value: Number(digits) }
  if (cell === '' || /^\[?(N\/A|Not Supported)\]?$/i.test(cell) || /deprecated/i.test(cell))
    return { kind: 'unsupported' }
  if (/^\[.*\]$/.test(cell) || cell === 'ERR!') return { kind: 'failing', text: cell.replace(/^\[|\]$/g, '') }
  return { kind: 'words', text: cell }
}

/** The number in a cell; null where there is none, never 0 and never NaN. */
export function numberIn(text: string | undefined): number | null {
  const cell = readCell(text)
  return cell.kind === 'number' ? cell.value : null
}

export function wordsIn(text: string | undefined): string | null {
  const cell = readCell(text)
  return cell.kind === 'words' || cell.kind === 'number' ? (text ?? '').trim() : null
}

/** What the driver says instead of a value, such as "GPU is lost". */
export function failureIn(text: string | undefined): string | null {
  const cell = readCell(text)
  return cell.kind === 'failing' ? cell.text : null
}
