import type { Configuration } from '../configuration'
import type { LoadedModel } from '../scheduling/loaded-model'
import { isOldStyle } from '../server/version-style'
import type { Log } from './log'
import { type SlotStory, slotBeginLines, slotEndLines } from './slot-lines'

type AnswerStory = { loaded: LoadedModel; slot: SlotStory }
type Figures = { promptMs: number; answerTokens: number; answerMs: number }

/** llama-server tells of each answer; the old runner does not, but for the tokens of the first. */
export function sayAnswerBegin(log: Log, { version }: Configuration, { loaded, slot }: AnswerStory): void {
  if (isOldStyle(version)) {
    log.bare(loaded.takeFirstAnswerLines())
    return
  }
  slot.task = loaded.nextTask
  log.bare(slotBeginLines(slot))
}

export function sayAnswerEnd(
  log: Log,
  { version }: Configuration,
  { loaded, slot }: AnswerStory,
  figures: Figures,
): void {
  if (isOldStyle(version)) return
  loaded.nextTask += figures.answerTokens + 1
  log.bare(slotEndLines(slot, figures, loaded.engine.sequenceCount === 0))
}
