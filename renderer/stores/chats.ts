import { useEffect, useRef } from 'react'
import type { ModelRef } from '../../shared/backends/model-ref'
import type { Chat, ChatParametersChange, ChatSummary } from '../../shared/contract/chats'
import { host } from '../connection/connection'
import { wholeLists, withTurns } from './chat-changes'
import { folded } from './folded'
import { keyedWatch } from './keyed-watch'
import type { WatchState } from './watch'

/** As many chats as are on the screen are followed at once, each by its id. */
export const openChats = keyedWatch<Chat>(
  (id) => async (client, signal) => folded(await client.chats.watchChat({ id }, { signal }), withTurns),
  4,
)
const foundChats = keyedWatch(
  (search) => async (client, signal) => wholeLists(await client.chats.watch({ search }, { signal })),
  1,
)

/** The palette looks for its own words, while the list on the screen keeps its own. */
const soughtChats = keyedWatch(
  (search) => async (client, signal) => wholeLists(await client.chats.watch({ search }, { signal })),
  1,
)

/**
 * A chat that is on the screen; its value is null until it has come. One that was deleted is looked for again when the
 * list has it: somebody brought it back, perhaps in another window.
 */
export function useChat(id: string | null): WatchState<Chat> {
  const state = openChats.use(id)
  const isGone = state.failure?.code === 'chatNotFound'
  const isListed = useChatList().value?.some((chat) => chat.id === id) ?? false
  useEffect(() => {
    if (id !== null && isGone && isListed) openChats.retry(id)
  }, [id, isGone, isListed])
  return state
}

/** The chats that hold these words, or all; until they are found, the earlier ones stay. */
export function useChatList(search = ''): WatchState<ChatSummary[]> {
  const state = foundChats.use(search)
  const shown = useRef(state)
  if (state.value !== null) shown.current = state
  else if (state.failure) shown.current = { ...shown.current, failure: state.failure, isStale: true }
  return shown.current
}

/** The chats that hold these words; none are looked for while they are null. */
export const useSoughtChats = (search: string | null): readonly ChatSummary[] => soughtChats.use(search).value ?? []

/** Asks in a new chat. Gives its id. */
export async function beginChat(model: ModelRef, parameters: ChatParametersChange, text: string): Promise<string> {
  const client = host()
  const { id } = await client.chats.create({ model, parameters })
  await client.answers.send({ chatId: id, text })
  return id
}

export const ask = (chatId: string, text: string) => host().answers.send({ chatId, text })
export const answerAgain = (messageId: string) => host().answers.regenerate({ messageId })
export const stopAnswer = (chatId: string) => host().answers.stop({ chatId })
export const renameChat = (id: string, title: string) => host().chats.rename({ id, title })
export const removeChat = (id: string) => host().chats.remove({ id })
export const restoreChat = (id: string) => host().chats.restore({ id })
export const changeChat = (id: string, change: { model?: ModelRef; parameters?: ChatParametersChange }) =>
  host().chats.changeParameters({ id, ...change })
