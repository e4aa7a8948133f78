import type { Program } from '../../process/program'
import { run } from '../../process/run'
import { withMarks } from './code-page'
import { rowsOf } from './csv-rows'
import { type Outcome, outcomeOf } from './outcome'
import { processFields, processQuery, queryArguments, withoutField } from './query-fields'
import { type CardProcess, processOf } from './readings'

/** A driver without persistence wakes every card first: six seconds and more where there are many (gpu.md 1.9). */
export const firstAnswerMs = 20_000
const probeRounds = 12
const mostCards = 16

export type Asked =
  | { kind: 'rows'; text: string; said: string; fields: string[] }
  | Extract<Outcome, { kind: 'failed' }>

/** One answer about these cards (all, when `chosen` is null), without the fields that this driver does not know. */
export async function askCards(
  program: Program,
  wanted: readonly string[],
  chosen: readonly number[] | null,
  signal: AbortSignal,
): Promise<Asked> {
  let fields = [...wanted]
  for (let round = 0; round < probeRounds; round++) {
    const result = await run(program, queryArguments(fields, { chosen }), { timeoutMs: firstAnswerMs, signal })
    const outcome = outcomeOf(result)
    if (outcome.kind === 'failed') return outcome
    if (outcome.kind === 'rows') return { ...outcome, said: result.stderr, fields }
    fields = withoutField(fields, outcome.field)
  }
  return { kind: 'failed', reason: 'other', detail: 'too many unknown fields' }
}

/** The cards that answer alone: up to driver 550 one lost card fails the question to all (gpu.md 1.5). */
export async function reachableCards(program: Program, signal: AbortSignal): Promise<number[]> {
  const reachable: number[] = []
  for (let index = 0; index < mostCards && !signal.aborted; index++) {
    const asked = await askCards(program, ['index'], [index], signal)
    if (asked.kind === 'rows') reachable.push(index)
    else if (asked.reason !== 'cards-lost') break
  }
  return reachable
}

/** Who holds memory on which card; null when it cannot be told. `onOther` is told what is no row. */
export async function askProcesses(
  program: Program,
  signal: AbortSignal,
  onOther: (line: string) => void,
): Promise<CardProcess[] | null> {
  // Names are written in the code page of their system, so the bytes are read one by one.
  const outcome = outcomeOf(await run(program, processQuery, { timeoutMs: 10_000, signal, encoding: 'latin1' }))
  if (outcome.kind !== 'rows') return null
  return rowsOf(withMarks(outcome.text), processFields, onOther).flatMap((row) => processOf(row) ?? [])
}
