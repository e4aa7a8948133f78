import { ActionIcon, Skeleton } from '@mantine/core'
import { IconLayoutSidebar } from '@tabler/icons-react'
import { useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useRoute } from 'wouter'
import type { ChatParametersChange } from '../../../shared/contract/chats'
import { useAction } from '../../actions/use-action'
import { Empty } from '../../components/empty'
import { FailureNotice } from '../../components/failure-notice'
import { later } from '../../components/later'
import { toFailure } from '../../connection/failure'
import { MainMemoryNotice } from '../../parts/main-memory-notice'
import { answerAgain, ask, beginChat, changeChat, stopAnswer, useChat } from '../../stores/chats'
import { useMainMemoryShare } from '../../stores/main-memory'
import { BlockedNotice } from './blocked-notice'
import { ChatList } from './chat-list'
import { Composer } from './composer'
import composerClasses from './composer.module.css'
import { ContextMeter } from './context-meter'
import { ModelPicker } from './model-picker'
import { Parameters } from './parameters'
import classes from './playground-view.module.css'
import { answerUnderWay } from './rows'
import { useChatModels } from './use-chat-models'
import { useNewChat } from './use-new-chat'

/** The list of chats does not wait for Markdown; it is fetched while nobody has chosen one yet. */
const Conversation = later(() => import('./conversation'), Loading)

/** Conversations with models: the list of them, the open one, and the field to ask in. */
export default function PlaygroundView() {
  const { t } = useTranslation()
  const [, go] = useLocation()
  const [, route] = useRoute('/playground/:chatId')
  const chatId = route?.chatId ?? null
  const { value: chat, failure, isStale } = useChat(chatId)
  const { models, blocked } = useChatModels()
  const newChat = useNewChat(models)
  const [hasList, setList] = useState(true)
  const field = useRef<HTMLTextAreaElement>(null)

  const running = chat ? answerUnderWay(chat) : null
  const model = chatId ? (chat?.model ?? '') : newChat.model
  const mainMemory = useMainMemoryShare(model)
  const parameters = chat?.parameters ?? newChat.parameters
  const open = useCallback((id: string | null) => go(id === null ? '/playground' : `/playground/${id}`), [go])

  const send = useAction(async (text: string) => {
    if (chatId) await ask(chatId, text)
    else open(await beginChat(newChat.model, newChat.parameters, text))
  })
  const again = useAction((answerId: string) => answerAgain(answerId))
  const stop = useAction(() => (chatId ? stopAnswer(chatId) : Promise.resolve()))
  const change = useAction(async (wish: { model?: string; parameters?: ChatParametersChange }) => {
    if (chatId) await changeChat(chatId, wish)
    else newChat.change(wish)
  })
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat is there to be written in
  useEffect(() => field.current?.focus({ preventScroll: true }), [chatId])
  useEffect(() => {
    Conversation.fetchCode().catch(() => {}) // whoever opens a chat is told
  }, [])

  return (
    <div className={classes.view}>
      {hasList ? <ChatList openId={chatId} onOpen={open} /> : null}
      <div className={classes.main}>
        <header className={classes.header}>
          <ActionIcon
            variant="subtle"
            color="gray"
            size={28}
            aria-pressed={hasList}
            aria-label={t('playground.toggleChats')}
            onClick={() => setList(!hasList)}
          >
            <IconLayoutSidebar size={17} stroke={1.8} />
          </ActionIcon>
          <h1 className={classes.title}>
            {chatId ? chat?.title || t('playground.untitled') : t('frame.screens.playground')}
          </h1>
          {chat ? (
            <span className={classes.note}>{t('playground.questions', { count: chat.turns.length })}</span>
          ) : null}
        </header>
        {chatId === null ? (
          <div className={classes.empty}>
            <Empty sentence={t('playground.empty')} />
          </div>
        ) : failure ? (
          <div className={classes.failed}>
            <FailureNotice failure={toFailure(failure)} />
          </div>
        ) : chat ? (
          <div className={classes.conversation} data-stale={isStale || undefined}>
            <Conversation
              key={chat.id}
              chat={chat}
              isBlocked={blocked !== null || running !== null}
              onAnswerAgain={again.run}
            />
          </div>
        ) : (
          <Loading />
        )}
        {blocked ? (
          <BlockedNotice reason={blocked} />
        ) : mainMemory === null ? null : (
          <div className={classes.blocked}>
            <MainMemoryNotice model={model} share={mainMemory} />
          </div>
        )}
        {failure ? null : (
          <Composer
            chatId={chatId}
            field={field}
            isBlocked={blocked !== null || model === ''}
            isRunning={running !== null}
            isSending={send.isRunning}
            onAsk={(text) => send.run(text)}
            onStop={() => void stop.run()}
          >
            <div className={composerClasses.choices}>
              <ModelPicker model={model} models={models} onChoose={(name) => void change.run({ model: name })} />
              <Parameters
                parameters={parameters}
                longestContext={models.find(({ name }) => name === model)?.trainedContext ?? null}
                onChange={(wish) => void change.run({ parameters: wish })}
              />
              <span className={composerClasses.summary}>
                {t('playground.parameters.summary', { temperature: parameters.temperature })}
              </span>
              {chat ? <ContextMeter chat={chat} /> : null}
            </div>
          </Composer>
        )}
      </div>
    </div>
  )
}

function Loading() {
  const { t } = useTranslation()
  return (
    <div className={classes.loading} role="status" aria-label={t('playground.loadingChat')}>
      <Skeleton height={44} radius={8} animate={false} />
      <Skeleton height={18} width="90%" animate={false} />
      <Skeleton height={18} width="75%" animate={false} />
      <Skeleton height={18} width="82%" animate={false} />
    </div>
  )
}
