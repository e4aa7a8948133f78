import type { Chat, ChatChange } from '../../shared/contract/chats'

/** The chat after a change: turns told anew take the place of the earlier ones, new ones come last. */
export function withTurns(before: Chat | null, { isWhole, ...change }: ChatChange): Chat | null {
  if (isWhole) return change
  if (before === null) return null
  const changed = new Map(change.turns.map((turn) => [turn.question.id, turn]))
  const turns = before.turns.map((turn) => {
    const now = changed.get(turn.question.id)
    changed.delete(turn.question.id)
    return now ?? turn
  })
  return { ...change, turns: [...turns, ...changed.values()] }
}
