import { Tooltip } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Chat } from '../../../shared/contract/chats'
import { formatCount } from '../../format/numbers'
import { contextUse } from './chat-context'
import classes from './composer.module.css'

type Props = {
  chat: Chat
  /** The context that the server gives, where that is known. */
  given: number | null
}

/** How much of the context the conversation filled at its last answer, as the server counted. Nothing before that. */
export function ContextMeter({ chat, given }: Props) {
  const { t } = useTranslation()
  const use = contextUse(chat, given)
  if (!use) return null
  const { used, length, isAtLeast } = use
  const share = length === null ? 0 : Math.min(1, used / length)
  const isOver = length !== null && (used > length || (isAtLeast && used >= length))
  const said = { used: formatCount(used), length: formatCount(length) }
  return (
    <Tooltip label={t(isOver ? 'playground.contextOverHint' : 'playground.contextHint')} multiline w={260}>
      <div className={classes.meter}>
        <div className={classes.track}>
          <div className={classes.used} data-full={share > 0.85 || undefined} style={{ width: `${share * 100}%` }} />
        </div>
        <span>
          {length === null
            ? t('playground.contextUsed', said)
            : t(isAtLeast && isOver ? 'playground.contextOver' : 'playground.context', said)}
        </span>
      </div>
    </Tooltip>
  )
}
