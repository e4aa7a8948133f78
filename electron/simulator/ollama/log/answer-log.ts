import type { Configuration } from '../../configuration'
import type { Log } from '../manners/log'
import { isOldStyle } from '../manners/version-style'
import type { LoadedModel } from '../scheduling/loaded-model'
import { debugAnswerBegins } from './debug-log'
import { oldVocabularyOnlyLines } from './old-load-lines'
import { type SlotStory, slotBeginLines, slotEndLines } from './slot-lines'

type AnswerStory = { loaded: LoadedModel; prompt: string; slot: SlotStory }
type Figures = { promptMs: number; answerTokens: number; answerMs: number }

/** llama-server tells of each answer; the old runner does not. */
export function sayAnswerBegin(log: Log, { version }: Configuration, { loaded, prompt, slot }: AnswerStory): void {
  const old = isOldStyle(version)
  debugAnswerBegins(log, old, prompt, slot.promptTokens, slot.knownTokens)
  if (old) return
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

/** The old server reads the vocabulary itself, at the first answer whose tokens it has to tell. */
export function sayTokensCounted(log: Log, { version }: Configuration, loaded: LoadedModel): void {
  if (!isOldStyle(version) || loaded.hasCountedTokens) return
  loaded.hasCountedTokens = true
  log.debug('server.go:968', 'new runner detected, loading model for cgo tokenization')
  log.bare(oldVocabularyOnlyLines(loaded.story))
}
