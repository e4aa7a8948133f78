import { useCallback } from 'react'
import { useLocation } from 'wouter'
import { ownModel } from '../../../shared/backends/own'
import type { ChatParametersChange } from '../../../shared/contract/chats'
import { useAction } from '../../actions/use-action'
import { answerAgain, ask, beginChat, changeChat, stopAnswer, useChat } from '../../stores/chats'
import { useGivenContext } from '../../stores/server-settings'
import { contextOwner } from './chat-context'
import { answerUnderWay } from './rows'
import { useChatModels, useContextOfModel } from './use-chat-models'
import { useNewChat } from './use-new-chat'

/** A chat with all that can be done in it; without an id, the one that the next question begins. */
export function useConversation(id: string | null) {
  const [, go] = useLocation()
  const { value: chat, failure, isStale } = useChat(id)
  const { models, blocked } = useChatModels()
  const newChat = useNewChat(models)
  const model = id ? (chat?.model.name ?? '') : newChat.model
  const ofModel = useContextOfModel(models.find(({ name }) => name === model))
  const ofServer = useGivenContext()
  const parameters = chat?.parameters ?? newChat.parameters
  const open = useCallback((next: string | null) => go(next === null ? '/playground' : `/playground/${next}`), [go])

  const send = useAction(async (text: string) => {
    if (id) await ask(id, text)
    else open(await beginChat(ownModel(newChat.model), newChat.parameters, text))
  })
  const again = useAction(async (answerId: string) => {
    // One that has fallen silent is still being waited for.
    if (id && chat && answerUnderWay(chat)?.id === answerId) await stopAnswer(id)
    await answerAgain(answerId)
  })
  const stop = useAction(() => (id ? stopAnswer(id) : Promise.resolve()))
  const change = useAction(async (wish: { model?: string; parameters?: ChatParametersChange }) => {
    const { model: name, ...rest } = wish
    if (id) await changeChat(id, name === undefined ? rest : { ...rest, model: ownModel(name) })
    else newChat.change(wish)
  })

  return {
    id,
    chat,
    failure,
    isStale,
    model,
    parameters,
    context: contextOwner(parameters.contextLength, ofModel, ofServer),
    /** The context of a chat without one of its own. */
    given: ofModel ?? ofServer,
    models,
    /** Why nothing can be asked. */
    blocked,
    isRunning: chat !== null && answerUnderWay(chat) !== null,
    open,
    send,
    again,
    stop,
    change,
  }
}

export type ConversationState = ReturnType<typeof useConversation>
