import { Select } from '@mantine/core'
import { IconSend } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownModel } from '../../../shared/backends/own'
import { isUnderWay } from '../../../shared/chat/under-way'
import type { InstalledModel, LoadedModel } from '../../../shared/contract/models'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { FailureNotice } from '../../components/failure-notice'
import { Figure } from '../../components/figure'
import { later } from '../../components/later'
import { formatMeasure, unknown } from '../../format/numbers'
import { latencyFigure } from '../../format/times'
import { useChatTexts } from '../../stores/chat-texts'
import { beginChat, useChat } from '../../stores/chats'
import { changeSettings } from '../../stores/settings'
import { ChecklistRow } from './checklist-row'
import { firstModel, modelToAsk } from './first-model'
import classes from './first-token-row.module.css'

const Markdown = later(
  async () => ({ default: (await import('../../components/markdown/markdown-block')).MarkdownBlock }),
  ({ source }) => source,
)

const longestAnswer = 64

type Props = {
  /** Those that can be asked. */
  models: readonly InstalledModel[]
  loaded: readonly LoadedModel[]
  isCurrent: boolean
  hasAnswered: boolean
  onDone: () => void
}

/** Step 5: one short question, timed. It lands in the playground like any other. */
export function FirstTokenRow({ models, loaded, isCurrent, hasAnswered, onDone }: Props) {
  const { t } = useTranslation()
  const [chatId, setChatId] = useState<string | null>(null)
  const choice = firstModel()
  const model = modelToAsk(models, choice, (name) => loaded.some((one) => one.name === name))
  const chat = useChat(chatId).value
  const answer = chat?.turns.at(-1)?.answers.at(-1) ?? null
  const ask = useAction(async () => {
    if (model)
      setChatId(await beginChat(ownModel(model), { maximumTokens: longestAnswer }, t('overview.token.question')))
  })
  const finish = useAction(() => changeSettings({ isChecklistDone: true }))
  const text = useChatTexts(chat).texts.get(answer?.id ?? '')?.text ?? ''
  const isAnswering = answer !== null && isUnderWay(answer)
  const isDone = answer !== null && !isAnswering && answer.state !== 'failed'
  useEffect(() => {
    if (isDone) onDone()
  }, [isDone, onDone])
  const canAsk = isCurrent && model !== null
  return (
    <ChecklistRow
      number={5}
      state={isDone || hasAnswered ? 'done' : isCurrent ? 'current' : 'waiting'}
      title={t('overview.token.title')}
      note={model ? t('overview.token.ready', { model }) : isDone || hasAnswered ? null : t('overview.token.waits')}
    >
      {canAsk || answer ? (
        <>
          {answer?.failure ? <FailureNotice failure={answer.failure} /> : null}
          {answer ? (
            <>
              <p className={classes.question}>{t('overview.token.question')}</p>
              <div className={classes.answer} aria-live="polite">
                {answer.state === 'loading' || answer.state === 'waiting' ? (
                  t('overview.token.loading')
                ) : (
                  <Markdown source={text.trim()} tableHead={null} isLive={isAnswering} />
                )}
              </div>
              {answer.figures.endReason === 'length' ? (
                <p className={classes.done}>{t('overview.token.cut', { count: longestAnswer })}</p>
              ) : null}
            </>
          ) : null}
          {isDone ? (
            <>
              <div className={classes.figures}>
                <Figure label={t('overview.token.first')} {...latencyFigure(answer.figures.firstTokenMs)} />
                <Figure
                  label={t('words.perStream')}
                  value={
                    answer.figures.tokensPerSecond === null ? unknown : formatMeasure(answer.figures.tokensPerSecond)
                  }
                  unit="tok/s"
                />
              </div>
              <p className={classes.done}>{t('overview.token.done')}</p>
              <BusyButton isBusy={finish.isRunning} onClick={() => void finish.run()}>
                {t('overview.token.finish')}
              </BusyButton>
            </>
          ) : (
            <>
              {models.length > 1 ? (
                <Select
                  className={classes.model}
                  label={t('overview.token.model')}
                  data={models.map(({ name }) => name)}
                  value={model}
                  allowDeselect={false}
                  searchable={models.length > 8}
                  disabled={isAnswering}
                  onChange={(toAsk) => firstModel.setState({ toAsk })}
                />
              ) : null}
              <BusyButton
                leftSection={<IconSend size={16} />}
                isBusy={ask.isRunning || isAnswering}
                onClick={() => void ask.run()}
              >
                {t('overview.token.ask')}
              </BusyButton>
            </>
          )}
        </>
      ) : null}
    </ChecklistRow>
  )
}
