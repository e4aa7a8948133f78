import { isSameModelRef } from '../../../shared/backends/own'
import type { Answer, Chat } from '../../../shared/contract/chats'

export type ContextUse = {
  /** Tokens of the conversation at its last answer, or as many at least. */
  used: number
  isAtLeast: boolean
  /** null: nobody has told it yet. */
  length: number | null
}

const sizeOf = ({ figures }: Answer) => figures.promptCut?.sentTokens ?? figures.promptTokens ?? 0

/**
 * How much of the context a conversation fills, as the server counted it; null before its first answer. What the server
 * left out counts too: a conversation that passed the limit must not look as if there were room again.
 */
export function contextUse({ turns, parameters }: Pick<Chat, 'turns' | 'parameters'>, given: number | null) {
  const answers = turns.flatMap((turn, place) => turn.answers.map((answer) => ({ answer, place })))
  const last = answers.findLast(
    ({ answer: { figures } }) => figures.promptCut || (figures.promptTokens !== null && figures.answerTokens !== null),
  )
  if (!last) return null
  const { figures, model } = last.answer
  // A later prompt holds every earlier one: where fewer are counted, the server did not count what was in its cache.
  const earlier = answers.filter(({ answer, place }) => place < last.place && isSameModelRef(answer.model, model))
  const isAtLeast = figures.promptCut != null && figures.promptCut.sentTokens === null
  // Of what was left out whole nothing is counted: the context was too small for it, and that is all that is known.
  const counted =
    isAtLeast && figures.contextLength !== undefined
      ? figures.contextLength
      : sizeOf(last.answer) + (figures.answerTokens ?? 0)
  return {
    used: Math.max(counted, ...earlier.map(({ answer }) => sizeOf(answer))),
    isAtLeast,
    length: parameters.contextLength ?? figures.contextLength ?? given,
  } satisfies ContextUse
}

/** Whom a chat's context is from: itself, the model's own parameters, or the server. */
export type ContextOwner = { from: 'chat' | 'model' | 'server'; length: number | null }

/** A request goes before the model's parameters, and those before the server's setting. */
export function contextOwner(own: number | null, ofModel: number | null, given: number | null): ContextOwner {
  if (own !== null) return { from: 'chat', length: own }
  return ofModel !== null ? { from: 'model', length: ofModel } : { from: 'server', length: given }
}

type Loaded = { loaded: number | null; trained: number | null; measured: number | null }

/**
 * A model in memory with another context than the chat will ask for: asking loads it again. `by` names who loaded it,
 * where that is known. null where it stays as it is, or nothing can be told.
 */
export function contextClash(owner: ContextOwner, { loaded, trained, measured }: Loaded) {
  if (loaded === null) return null
  const by = measured === loaded ? ('benchmark' as const) : ('other' as const)
  if (owner.length === null) return by === 'benchmark' ? { by, loaded, asked: null } : null
  const asked = Math.min(owner.length, trained ?? owner.length)
  return asked === loaded ? null : { by, loaded, asked }
}
