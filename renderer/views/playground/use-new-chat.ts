import { create } from 'zustand'
import { usualParameters } from '../../../shared/chat/usual-parameters'
import type { ChatParameters, ChatParametersChange } from '../../../shared/contract/chats'
import { useSetContext } from '../../stores/server-settings'
import type { ChatModel } from './use-chat-models'

type Wish = { model: string | null; parameters: Partial<ChatParameters> }

/** What the next new chat is wished to be; kept while the page lives. */
const wishes = create<Wish>(() => ({ model: null, parameters: {} }))

/** The model and parameters of a chat that has not begun: what was chosen, else what would answer at once. */
export function useNewChat(models: readonly ChatModel[]) {
  const wish = wishes()
  const setContext = useSetContext()
  const chosen =
    models.find(({ name }) => name === wish.model) ?? models.find(({ isLoaded }) => isLoaded) ?? models[0] ?? null
  const parameters: ChatParameters = {
    ...usualParameters,
    contextLength: contextOf(chosen, setContext),
    ...wish.parameters,
  }
  const change = (next: { model?: string; parameters?: ChatParametersChange }) =>
    wishes.setState((before) => ({
      model: next.model ?? before.model,
      parameters: { ...before.parameters, ...withoutUndefined(next.parameters) },
    }))
  return { model: chosen?.name ?? '', parameters, change }
}

/** A model in memory keeps the context it was loaded with: another length would load it again. Others get the server's. */
const contextOf = (model: ChatModel | null, setContext: number | null) =>
  model?.loadedContext ??
  Math.min(setContext ?? usualParameters.contextLength, model?.trainedContext ?? Number.POSITIVE_INFINITY)

const withoutUndefined = (change: ChatParametersChange = {}) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined)) as Partial<ChatParameters>
