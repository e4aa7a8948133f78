import { ActionIcon } from '@mantine/core'
import { IconArrowDown } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { memo, useCallback, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Chat } from '../../../shared/contract/chats'
import { CodeView } from '../../components/markdown/code-view'
import { FormulaBlock, MarkdownBlock } from '../../components/markdown/markdown-block'
import type { Block } from '../../components/markdown/split-blocks'
import { useChatTexts } from '../../stores/chat-texts'
import { AnswerEnd } from './answer-end'
import classes from './conversation.module.css'
import { QuestionRow } from './question-row'
import { ConversationRows, estimatedHeight, type Row } from './rows'
import { ThinkingRow } from './thinking-row'
import { useFollowScroll } from './use-follow-scroll'

type Props = {
  chat: Chat
  /** Nothing can be asked now. */
  isBlocked: boolean
  onAnswerAgain: (answerId: string) => void
}

/** Questions and answers in one column; only the rows in sight are drawn, and the end is followed while it grows. */
export default function Conversation({ chat, isBlocked, onAnswerAgain }: Props) {
  const { texts, version } = useChatTexts(chat)
  const { t } = useTranslation()
  const scroller = useRef<HTMLElement>(null)
  const [shown, setShown] = useState<ReadonlyMap<string, string>>(() => new Map())
  // biome-ignore lint/correctness/useExhaustiveDependencies: other texts are another conversation
  const conversation = useMemo(() => new ConversationRows(), [texts])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the texts are the same map, grown
  const rows = useMemo(() => conversation.of(chat, texts, shown), [conversation, chat, texts, shown, version])
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (place) => estimatedHeight(rows[place] as Row),
    getItemKey: (place) => rows[place]?.key ?? place,
    overscan: 6,
    paddingStart: 20,
    paddingEnd: 20,
    initialOffset: Number.MAX_SAFE_INTEGER,
  })
  const height = virtualizer.getTotalSize()
  const { isFollowing, follow } = useFollowScroll(scroller, height)
  const show = useCallback(
    (questionId: string, answerId: string) => setShown((before) => new Map(before).set(questionId, answerId)),
    [],
  )
  return (
    <div className={classes.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long conversation is scrolled with the keyboard */}
      <section ref={scroller} className={classes.scroller} aria-label={t('playground.conversation')} tabIndex={0}>
        <div className={classes.column} style={{ height }}>
          {virtualizer.getVirtualItems().map((item) => {
            const row = rows[item.index]
            return row ? (
              <div
                key={item.key}
                data-index={item.index}
                ref={virtualizer.measureElement}
                className={classes.row}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <RowContent row={row} isBlocked={isBlocked} onAnswerAgain={onAnswerAgain} onShow={show} />
              </div>
            ) : null
          })}
        </div>
      </section>
      {isFollowing ? null : (
        <ActionIcon
          className={classes.toEnd}
          variant="default"
          size={32}
          radius="xl"
          onClick={follow}
          aria-label={t('playground.toEnd')}
        >
          <IconArrowDown size={16} stroke={1.8} />
        </ActionIcon>
      )}
    </div>
  )
}

type RowProps = {
  row: Row
  isBlocked: boolean
  onAnswerAgain: (answerId: string) => void
  onShow: (questionId: string, answerId: string) => void
}

const RowContent = memo(function RowContent({ row, isBlocked, onAnswerAgain, onShow }: RowProps) {
  switch (row.kind) {
    case 'question':
      return <QuestionRow text={row.text} />
    case 'thinking':
      return <ThinkingRow text={row.text} isLive={row.isLive} />
    case 'block':
      return <BlockContent block={row.block} isLive={row.isLive} />
    case 'pending':
      return <div style={{ height: estimatedHeight(row) }} />
    case 'end':
      return (
        <AnswerEnd
          answer={row.answer}
          turn={row.turn}
          text={row.text}
          isBlocked={isBlocked}
          onAnswerAgain={onAnswerAgain}
          onShow={onShow}
        />
      )
  }
})

function BlockContent({ block, isLive }: { block: Block; isLive: boolean }) {
  if (block.kind === 'text') {
    return <MarkdownBlock source={block.source} tableHead={block.tableHead} isLive={isLive} />
  }
  if (block.kind === 'formula') return <FormulaBlock source={block.source} isLive={isLive} />
  return (
    <div className={classes.code}>
      <CodeView code={block.code} language={block.language} isLive={isLive} />
    </div>
  )
}
