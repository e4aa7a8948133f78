import { Loader } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { UnderWay as Growing } from '../../../shared/chat/under-way'
import type { Answer } from '../../../shared/contract/chats'
import { useFormat } from '../../format/use-format'
import classes from './conversation.module.css'

const silentMs = 2000

type Props = { answer: Answer & Growing }

/** Below an answer that is being made: what it waits for, and since when. */
export function UnderWay({ answer }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const [nowMs, setNowMs] = useState(Date.now())
  const isWaiting = answer.state !== 'streaming'
  useEffect(() => {
    if (!isWaiting) return
    const timer = setInterval(() => setNowMs(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [isWaiting])
  const waitedMs = nowMs - answer.atMs
  return (
    <div className={classes.underWay} role="status">
      <Loader size={12} />
      <span>{t(`playground.state.${answer.state}`, { model: answer.model.name })}</span>
      {isWaiting && waitedMs > silentMs ? <span>{format.duration(waitedMs)}</span> : null}
    </div>
  )
}
