import type { Chat, ChatChange, ChatListPart, ChatSummary } from '../../shared/contract/chats'

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

/** Each list once all of its parts are there; of one that is begun anew in the middle, only the new one. */
export async function* wholeLists(parts: AsyncIterable<ChatListPart>): AsyncGenerator<ChatSummary[], void, void> {
  let list: ChatSummary[] = []
  for await (const { chats, isFirst, isLast } of parts) {
    list = isFirst ? chats : list.concat(chats)
    if (isLast) yield list
  }
}
