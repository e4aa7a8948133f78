import { Button, Textarea } from '@mantine/core'
import { IconPlayerStopFilled, IconSend2 } from '@tabler/icons-react'
import { type ReactNode, type RefObject, useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { BusyButton } from '../../components/busy-button'
import { fieldKeys } from '../../components/field-keys'
import classes from './composer.module.css'
import { keepDraft, takeDraft } from './drafts'

type Props = {
  /** The chat the words are meant for; its unsent words wait for its return. */
  chatId: string | null
  isBlocked: boolean
  isRunning: boolean
  isSending: boolean
  field: RefObject<HTMLTextAreaElement | null>
  /** Gives whether the question was taken; if not, the words stay. */
  onAsk: (text: string) => Promise<boolean>
  onStop: () => void
  children: ReactNode
}

/** Where questions are written: Enter asks, Shift and Enter begin a line, Escape stops the answer. */
export function Composer({ chatId, isBlocked, isRunning, isSending, field, onAsk, onStop, children }: Props) {
  const { t } = useTranslation()
  const [text, setText] = useState(() => takeDraft(chatId))
  useEffect(() => setText(takeDraft(chatId)), [chatId])
  const write = (words: string) => {
    setText(words)
    keepDraft(chatId, words)
  }
  const canAsk = text.trim() !== '' && !isBlocked && !isRunning && !isSending
  const ask = async () => {
    if (!canAsk) return
    const asked = text
    write('')
    if (!(await onAsk(asked))) write(asked)
  }
  const onKeyDown = fieldKeys({ onEnter: () => void ask(), onEscape: () => isRunning && onStop() })
  return (
    <form
      className={classes.composer}
      onSubmit={(event) => {
        event.preventDefault()
        void ask()
      }}
    >
      <Textarea
        ref={field}
        variant="unstyled"
        autosize
        minRows={1}
        maxRows={10}
        value={text}
        maxLength={2_000_000}
        placeholder={t('playground.ask')}
        aria-label={t('playground.ask')}
        classNames={{ input: classes.input }}
        onChange={(event) => write(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== 'Enter' || !event.shiftKey) onKeyDown(event)
        }}
      />
      <div className={classes.bar}>
        {children}
        {isRunning ? (
          <Button
            variant="default"
            leftSection={<IconPlayerStopFilled size={14} />}
            onClick={onStop}
            title={t('playground.stopHint')}
          >
            {t('playground.stop')}
          </Button>
        ) : (
          <BusyButton
            type="submit"
            leftSection={<IconSend2 size={16} stroke={1.8} />}
            disabled={!canAsk}
            isBusy={isSending}
          >
            {t('playground.send')}
          </BusyButton>
        )}
      </div>
    </form>
  )
}
