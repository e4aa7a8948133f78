import { create } from 'zustand'
import { usualParameters } from '../../../shared/chat/usual-parameters'
import type { ChatParameters, ChatParametersChange } from '../../../shared/contract/chats'
import { useChatList } from '../../stores/chats'
import { preferredModel } from './preferred-model'
import type { ChatModel } from './use-chat-models'

type Wish = { model: string | null; parameters: Partial<ChatParameters> }

/** What the next new chat is wished to be; kept while the page lives. */
const wishes = create<Wish>(() => ({ model: null, parameters: {} }))

/** The model and parameters of a chat that has not begun. Its context is the server's until the user gives it one. */
export function useNewChat(models: readonly ChatModel[]) {
  const wish = wishes()
  const usedLast = useChatList().value?.map(({ model }) => model.name) ?? []
  const chosen = preferredModel(models, wish.model, usedLast)
  const parameters: ChatParameters = { ...usualParameters, ...wish.parameters }
  const change = (next: { model?: string; parameters?: ChatParametersChange }) =>
    wishes.setState((before) => ({
      model: next.model ?? before.model,
      parameters: { ...before.parameters, ...withoutUndefined(next.parameters) },
    }))
  return { model: chosen?.name ?? '', parameters, change }
}

const withoutUndefined = (change: ChatParametersChange = {}) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<ChatParameters>
