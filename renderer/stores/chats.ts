import { useEffect } from 'react'
import type { Chat, ChatParametersChange } from '../../shared/contract/chats'
import { host } from '../connection/connection'
import { type WatchState, watchStore } from './watch'

let search = ''
export const chatList = watchStore((client, signal) => client.chats.watch({ search }, { signal }))

/** Shows the chats that hold these words; until they are found, the earlier ones stay. */
export function searchChats(words: string): void {
  if (words === search) return
  search = words
  chatList.restart(false)
}

let openId: string | null = null
const openChat = watchStore(async (client, signal) =>
  openId === null ? noChat() : client.chats.watchChat({ id: openId }, { signal }),
)
const nothing: WatchState<Chat> = { value: null, isStale: false, receivedAtMs: null, failure: null }

async function* noChat(): AsyncGenerator<Chat> {}

/** The chat on the screen, one at a time; its value is null until it has come. */
export function useChat(id: string | null): WatchState<Chat> {
  const state = openChat.use((whole) => whole)
  useEffect(() => {
    if (id === openId) return
    openId = id
    openChat.restart(true)
  }, [id])
  return id === null || id !== openId || (state.value !== null && state.value.id !== id) ? nothing : state
}

/** Asks in a new chat. Gives its id. */
export async function beginChat(model: string, parameters: ChatParametersChange, text: string): Promise<string> {
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
export const changeChat = (id: string, change: { model?: string; parameters?: ChatParametersChange }) =>
  host().chats.changeParameters({ id, ...change })
