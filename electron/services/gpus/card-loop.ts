import { Lines } from '../../platform/lines'
import type { ChildExit } from '../../process/child'
import type { Children } from '../../process/children'
import type { Program } from '../../process/program'
import { firstAnswerMs } from './ask-cards'
import { askedName, type CsvRow, rowOf } from './csv-rows'
import { queryArguments } from './query-fields'
import type { CardFacts } from './readings'

/** nvidia-smi writes a row cell by cell; a row of every field it knows is a few kilobytes. */
const longestRow = 64 * 1024

export const everyMs = 1000
export const silentAfterMs = Math.max(5 * everyMs, 5000)

type Options = {
  program: Program
  children: Children
  fields: readonly string[]
  chosen: readonly number[] | null
  /** In the order of the rows; null stands for one that could not say what it is. */
  cards: readonly (CardFacts | null)[]
  signal: AbortSignal
  onRow: (card: CardFacts, row: CsvRow, atMs: number) => void
  /** A line that is no row. */
  onOther: (line: string) => void
  onExit: (exit: ChildExit) => void
}

/** One life of the looping nvidia-smi: its rows until it ends, falls silent or is no longer wanted. Gives their number. */
export async function followCards(options: Options): Promise<number> {
  const { program, children, fields, chosen, cards, signal, onRow, onOther, onExit } = options
  const child = children.start(program, queryArguments(fields, { chosen, everyMs }))
  const columns = fields.map(askedName)
  let rowCount = 0
  let heardAtMs = performance.now()
  let place = -1
  const lines = new Lines(longestRow)
  const take = (line: string) => {
    const row = rowOf(line, columns)
    if (!row) {
      if (line.trim() !== '') onOther(line)
      return
    }
    rowCount++
    heardAtMs = performance.now()
    // A lost card's row may have no identity: then it stands where it always stood.
    const known = cards.findIndex((card) => card?.uuid === row.uuid)
    place = known === -1 ? (place + 1) % cards.length : known
    const card = cards[place]
    if (card) onRow(card, row, Date.now())
  }
  const read = (bytes: Buffer) => {
    for (const line of lines.take(bytes)) take(line)
  }
  child.process.stdout?.on('data', read)
  child.process.stderr?.resume()
  let stop = () => {}
  const ended = new Promise<ChildExit>((resolve) => {
    stop = () => void child.stop(1000).then(resolve)
    void child.exited.then(resolve)
  })
  const patience = setInterval(() => {
    if (performance.now() - heardAtMs > (rowCount === 0 ? firstAnswerMs : silentAfterMs)) stop()
  }, 500)
  signal.addEventListener('abort', stop)
  if (signal.aborted) stop()
  const exit = await ended
  signal.removeEventListener('abort', stop)
  clearInterval(patience)
  child.process.stdout?.off('data', read)
  if (!signal.aborted) onExit(exit)
  return rowCount
}
