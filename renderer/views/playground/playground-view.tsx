import { ActionIcon, Skeleton } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconLayoutSidebar } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useRoute } from 'wouter'
import { Empty } from '../../components/empty'
import { FailureNotice } from '../../components/failure-notice'
import { later } from '../../components/later'
import { toFailure } from '../../connection/failure'
import { MainMemoryNotice } from '../../parts/main-memory-notice'
import { useMainMemoryShare } from '../../stores/main-memory'
import { BlockedNotice } from './blocked-notice'
import { ChatList } from './chat-list'
import { ComposerNotes } from './composer-notes'
import { ConversationComposer } from './conversation-composer'
import classes from './playground-view.module.css'
import { type ConversationState, useConversation } from './use-conversation'

/** The list of chats does not wait for Markdown; it is fetched while nobody has chosen one yet. */
const Conversation = later(() => import('./conversation'), Loading)

/** Conversations with models: the list of them, the open one, and the field to ask in. */
export default function PlaygroundView() {
  const [, route] = useRoute('/playground/:chatId')
  const conversation = useConversation(route?.chatId ?? null)
  const { id, model, failure, blocked, open } = conversation
  const mainMemory = useMainMemoryShare(model)
  const isNarrow = useMediaQuery('(max-width: 760px)', undefined, { getInitialValueInEffect: false }) ?? false
  const [hasList, setList] = useState(!isNarrow)
  // Over the conversation on a narrow window: it goes once a chat is chosen, and as the window becomes one.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat was chosen
  useEffect(() => {
    if (isNarrow) setList(false)
  }, [isNarrow, id])
  const field = useRef<HTMLTextAreaElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat is there to be written in
  useEffect(() => field.current?.focus({ preventScroll: true }), [id])
  useEffect(() => {
    Conversation.fetchCode().catch(() => {}) // whoever opens a chat is told
  }, [])
  return (
    <div className={classes.view}>
      {hasList ? <ChatList openId={id} onOpen={open} /> : null}
      <div className={classes.main}>
        <Header conversation={conversation} hasList={hasList} onToggleList={() => setList(!hasList)} />
        <Body conversation={conversation} />
        {blocked ? (
          <BlockedNotice reason={blocked} />
        ) : mainMemory === null ? null : (
          <div className={classes.blocked}>
            <MainMemoryNotice model={model} share={mainMemory} />
          </div>
        )}
        {failure ? null : <ComposerNotes conversation={conversation} />}
        {failure ? null : <ConversationComposer conversation={conversation} field={field} />}
      </div>
    </div>
  )
}

type HeaderProps = { conversation: ConversationState; hasList: boolean; onToggleList: () => void }

function Header({ conversation: { id, chat }, hasList, onToggleList }: HeaderProps) {
  const { t } = useTranslation()
  return (
    <header className={classes.header}>
      <ActionIcon
        variant="subtle"
        color="gray"
        size={28}
        aria-pressed={hasList}
        aria-label={t('playground.toggleChats')}
        onClick={onToggleList}
      >
        <IconLayoutSidebar size={17} stroke={1.8} />
      </ActionIcon>
      <h1 className={classes.title}>{id ? chat?.title || t('playground.untitled') : t('frame.screens.playground')}</h1>
      {chat ? <span className={classes.note}>{t('playground.questions', { count: chat.turns.length })}</span> : null}
    </header>
  )
}

function Body({ conversation }: { conversation: ConversationState }) {
  const { t } = useTranslation()
  const { id, chat, failure, isStale, blocked, isRunning, again } = conversation
  if (id === null) {
    return (
      <div className={classes.empty}>
        <Empty sentence={t('playground.empty')} />
      </div>
    )
  }
  if (failure) {
    return (
      <div className={classes.failed}>
        <FailureNotice failure={toFailure(failure)} />
      </div>
    )
  }
  if (!chat) return <Loading />
  return (
    <div className={classes.conversation} data-stale={isStale || undefined}>
      <Conversation key={chat.id} chat={chat} isBlocked={blocked !== null || isRunning} onAnswerAgain={again.run} />
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
