import { Button, CopyButton } from '@mantine/core'
import { IconCheck, IconChevronLeft, IconChevronRight, IconCopy, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { isUnderWay } from '../../../shared/chat/under-way'
import type { Answer, Turn } from '../../../shared/contract/chats'
import { Chip } from '../../components/chip'
import { FailureNotice } from '../../components/failure-notice'
import { IconButton } from '../../components/icon-button'
import { Notice } from '../../components/notice'
import { formatCount } from '../../format/numbers'
import { useFormat } from '../../format/use-format'
import { AnswerFiguresLine } from './answer-figures-line'
import classes from './conversation.module.css'
import { UnderWay } from './under-way'

type Props = {
  answer: Answer
  turn: Turn
  text: string
  isBlocked: boolean
  onAnswerAgain: (answerId: string) => void
  onShow: (questionId: string, answerId: string) => void
}

/** Below an answer: how it ended, its figures in one grey line, and what can be done with it. */
export function AnswerEnd({ answer, turn, text, isBlocked, onAnswerAgain, onShow }: Props) {
  const { t } = useTranslation()
  if (isUnderWay(answer)) return <UnderWay answer={answer} onAnswerAgain={onAnswerAgain} />
  return (
    <div className={classes.end}>
      <PromptCut figures={answer.figures} />
      <HowItEnded answer={answer} hasText={text !== ''} isBlocked={isBlocked} onAnswerAgain={onAnswerAgain} />
      <div className={classes.endLine}>
        <AnswerFiguresLine answer={answer} />
        <div className={classes.endActions}>
          <Versions answer={answer} turn={turn} onShow={onShow} />
          {text ? (
            <CopyButton value={text}>
              {({ copied, copy }) => (
                <IconButton label={copied ? t('frame.copied') : t('playground.copy')} onClick={copy}>
                  {copied ? <IconCheck size={16} stroke={1.8} /> : <IconCopy size={16} stroke={1.8} />}
                </IconButton>
              )}
            </CopyButton>
          ) : null}
          <IconButton label={t('playground.again')} isDisabled={isBlocked} onClick={() => onAnswerAgain(answer.id)}>
            <IconRefresh size={16} stroke={1.8} />
          </IconButton>
        </div>
      </div>
    </div>
  )
}

type Ended = Pick<Props, 'answer' | 'isBlocked' | 'onAnswerAgain'> & { hasText: boolean }

function HowItEnded({ answer, hasText, isBlocked, onAnswerAgain }: Ended) {
  const { t } = useTranslation()
  const format = useFormat()
  const { state, failure, figures } = answer
  const again = (
    <Button variant="default" size="compact-sm" disabled={isBlocked} onClick={() => onAnswerAgain(answer.id)}>
      {t('playground.again')}
    </Button>
  )
  if (state === 'failed' && failure) {
    return (
      <div className={classes.how}>
        <FailureNotice failure={failure} actions={again} />
      </div>
    )
  }
  if (state === 'cut-short' && failure) {
    return (
      <div className={classes.how}>
        <Notice
          tone="caution"
          title={t('playground.cutShort', { what: t(`failure.${failure.code}.what`) })}
          detail={failure.detail}
          actions={again}
        >
          {format.sentences([t(`failure.${failure.code}.todo`), ...(hasText ? [t('playground.kept')] : [])])}
        </Notice>
      </div>
    )
  }
  if (state === 'stopped') return <Chip>{t('playground.stopped')}</Chip>
  if (figures.endReason === 'length') return <Chip tone="caution">{t('playground.limitReached')}</Chip>
  return null
}

function PromptCut({ figures: { promptCut, promptTokens, contextLength } }: { figures: Answer['figures'] }) {
  const { t } = useTranslation()
  if (!promptCut) return null
  const said = {
    length: formatCount(contextLength ?? null),
    sent: formatCount(promptCut.sentTokens),
    read: formatCount(promptTokens),
  }
  return (
    <div className={classes.how}>
      <Notice
        tone="caution"
        title={t(contextLength === undefined ? 'playground.promptCut.title' : 'playground.promptCut.titleOf', said)}
      >
        {promptCut.sentTokens !== null && promptTokens !== null ? `${t('playground.promptCut.counts', said)} ` : null}
        {t('playground.promptCut.todo')}
      </Notice>
    </div>
  )
}

function Versions({ answer, turn, onShow }: Pick<Props, 'answer' | 'turn' | 'onShow'>) {
  const { t } = useTranslation()
  const { answers, question } = turn
  if (answers.length < 2) return null
  const place = answers.findIndex(({ id }) => id === answer.id)
  const step = (by: number) => {
    const other = answers[place + by]
    if (other) onShow(question.id, other.id)
  }
  return (
    <div className={classes.versions}>
      <IconButton label={t('playground.earlierAnswer')} isDisabled={place === 0} onClick={() => step(-1)}>
        <IconChevronLeft size={16} stroke={1.8} />
      </IconButton>
      <span>{t('playground.version', { number: place + 1, count: answers.length })}</span>
      <IconButton label={t('playground.laterAnswer')} isDisabled={place === answers.length - 1} onClick={() => step(1)}>
        <IconChevronRight size={16} stroke={1.8} />
      </IconButton>
    </div>
  )
}
