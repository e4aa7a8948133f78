import { Button, Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnderWay as Growing } from '../../../shared/chat/under-way'
import type { Answer } from '../../../shared/contract/chats'
import { Notice } from '../../components/notice'
import { useFormat } from '../../format/use-format'
import classes from './conversation.module.css'

const silentMs = 2000

type Props = { answer: Answer & Growing; onAnswerAgain: (answerId: string) => void }

/** Below an answer that is being made: what it waits for, and since when. */
export function UnderWay({ answer, onAnswerAgain }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [nowMs, setNowMs] = useState(Date.now())
  const { quiet = null } = answer
  const isWaiting = answer.state !== 'streaming' || quiet !== null
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isWaiting])
  const waitedMs = Math.max(0, nowMs - (answer.state === 'streaming' ? (quiet?.sinceMs ?? nowMs) : answer.atMs))
  if (quiet && quiet.standstillMs !== null) {
    return (
      <div className={classes.how}>
        <Notice
          tone="caution"
          title={t('playground.quiet.afterStandstill', { duration: format.duration(quiet.standstillMs) })}
          actions={
            <Button variant="default" size="compact-sm" onClick={() => onAnswerAgain(answer.id)}>
              {t('playground.again')}
            </Button>
          }
        >
          {t('playground.quiet.todo')}
        </Notice>
      </div>
    )
  }
  return (
    <div className={classes.underWay} role="status">
      <Loader size={12} />
      <span>
        {quiet ? t('playground.quiet.nothingNew') : t(`playground.state.${answer.state}`, { model: answer.model.name })}
      </span>
      {isWaiting && waitedMs > silentMs ? <span>{format.duration(waitedMs)}</span> : null}
    </div>
  )
}
