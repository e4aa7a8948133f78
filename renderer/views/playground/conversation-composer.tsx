import type { RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount } from '../../format/numbers'
import { contextUse } from './chat-context'
import { Composer } from './composer'
import classes from './composer.module.css'
import { ContextMeter } from './context-meter'
import { ModelPicker } from './model-picker'
import { Parameters } from './parameters'
import type { ConversationState } from './use-conversation'

type Props = { conversation: ConversationState; field: RefObject<HTMLTextAreaElement | null> }

/** The field to ask in, with what is asked: the model, its parameters, and how full the context is. */
export function ConversationComposer({ conversation, field }: Props) {
  const { t } = useTranslation()
  const { id, chat, model, models, parameters, context, given, blocked, isRunning, send, stop, change } = conversation
  // With a meter beside it, the length is there already.
  const hasMeter = chat !== null && contextUse(chat, given) !== null
  const summary = [
    context.length === null && context.from === 'server'
      ? t('playground.parameters.contextUnknown')
      : hasMeter
        ? t(`playground.parameters.contextFrom.${context.from}`)
        : t(`playground.parameters.contextOf.${context.from}`, { tokens: formatCount(context.length) }),
    t('playground.parameters.summary', { temperature: parameters.temperature }),
  ].join(' · ')
  return (
    <Composer
      chatId={id}
      field={field}
      isBlocked={blocked !== null || model === ''}
      isRunning={isRunning}
      isSending={send.isRunning}
      onAsk={(text) => send.run(text)}
      onStop={() => void stop.run()}
    >
      <div className={classes.choices}>
        <ModelPicker model={model} models={models} onChoose={(name) => void change.run({ model: name })} />
        <Parameters
          parameters={parameters}
          longestContext={models.find(({ name }) => name === model)?.trainedContext ?? null}
          givenContext={given}
          onChange={(wish) => void change.run({ parameters: wish })}
        />
        <span className={classes.summary} title={summary}>
          {summary}
        </span>
        {chat ? <ContextMeter chat={chat} given={given} /> : null}
      </div>
    </Composer>
  )
}
