import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Chat } from '../../../shared/contract/chats'
import { formatCount } from '../../format/numbers'
import classes from './composer.module.css'

type Props = { chat: Chat }

/** How much of the context the conversation filled at its last answer, as the server counted. Nothing before that. */
export function ContextMeter({ chat }: Props) {
  const { t } = useTranslation()
  const counted = chat.turns
    .flatMap(({ answers }) => answers)
    .findLast(({ figures }) => figures.promptTokens !== null && figures.answerTokens !== null)
  if (!counted) return null
  const { promptTokens, answerTokens } = counted.figures
  const used = (promptTokens ?? 0) + (answerTokens ?? 0)
  const { contextLength } = chat.parameters
  const share = Math.min(1, used / contextLength)
  return (
    <Tooltip label={t('playground.contextHint')} multiline w={260}>
      <div className={classes.meter}>
        <div className={classes.track}>
          <div className={classes.used} data-full={share > 0.85 || undefined} style={{ width: `${share * 100}%` }} />
        </div>
        <span>{t('playground.context', { used: formatCount(used), length: formatCount(contextLength) })}</span>
      </div>
    </Tooltip>
  )
}
