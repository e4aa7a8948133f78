import { Popover, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { tokensReadAnew } from '../../../shared/chat/tokens-read-anew'
import type { Answer, AnswerFigures } from '../../../shared/contract/chats'
import { serverPrefillRate } from '../../../shared/measure/request'
import { Chip } from '../../components/chip'
import { LongName } from '../../components/long-name/long-name'
import { formatCount, formatMeasure, unknown } from '../../format/numbers'
import { formatLatency } from '../../format/times'
import { useFormat } from '../../format/use-format'
import classes from './conversation.module.css'

/** A load shorter than this was none: the model was in memory. */
const loadWorthTellingMs = 100

type Props = { answer: Answer }

/** One grey line: first token, tokens per second, tokens, load; pressing it opens what it was made from. */
export function AnswerFiguresLine({ answer }: Props) {
  const { t } = useTranslation()
  const { figures, model, isSimulated } = answer
  const hasBegun = answer.state !== 'failed' || figures.firstTokenMs !== null
  return (
    <div className={classes.figures}>
      <Popover position="top-start" shadow="sm" width={340} withinPortal trapFocus returnFocus>
        <Popover.Target>
          <button type="button" className={classes.figuresButton}>
            <VisuallyHidden>{t('playground.figures.open')}</VisuallyHidden>
            <LongName className={classes.model}>{model.name}</LongName>
            {hasBegun ? <Figures figures={figures} /> : null}
          </button>
        </Popover.Target>
        <Popover.Dropdown className={classes.details}>
          <Details answer={answer} />
        </Popover.Dropdown>
      </Popover>
      {isSimulated ? <Chip tone="caution">{t('frame.simulated')}</Chip> : null}
    </div>
  )
}

function Figures({ figures }: { figures: AnswerFigures }) {
  const { t } = useTranslation()
  const about = figures.isCountedHere ? '≈ ' : null
  const wasLoaded = (figures.loadMs ?? 0) >= loadWorthTellingMs
  return (
    <>
      <span>
        {t(figures.isLoadIncluded ? 'playground.figures.firstTokenWithLoad' : 'playground.figures.firstToken')}{' '}
        <b>{formatLatency(figures.firstTokenMs)}</b>
      </span>
      <span>
        {figures.tokensPerSecond === null ? null : about}
        <b>{formatMeasure(figures.tokensPerSecond)}</b> {t('playground.figures.rate')}
      </span>
      <span>
        {about}
        <b>{formatCount(figures.answerTokens)}</b>{' '}
        {t(figures.isCountedHere ? 'playground.figures.tokensHere' : 'playground.figures.tokens')}
      </span>
      {wasLoaded ? (
        <span>
          {t('playground.figures.load')} <b>{formatLatency(figures.loadMs)}</b>
        </span>
      ) : null}
    </>
  )
}

function Details({ answer }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { figures, model, seed, atMs, failure } = answer
  const rate = figures.tokensPerSecond
  const perSecond = (value: number) => `${formatMeasure(value)} ${t('playground.figures.rate')}`
  const readAnew = tokensReadAnew(figures)
  const prefillRate = serverPrefillRate(readAnew, figures.promptMs)
  const facts: [string, string][] = [
    [t('playground.details.model'), model.name],
    [t('playground.details.asked'), format.moment(atMs)],
    [t('playground.details.load'), formatLatency(figures.loadMs)],
    [
      t(figures.isLoadIncluded ? 'playground.details.firstTokenWithLoad' : 'playground.details.firstToken'),
      formatLatency(figures.firstTokenMs),
    ],
    [t('words.perStream'), rate === null ? unknown : perSecond(rate)],
    [t('playground.details.answerTokens'), formatCount(figures.answerTokens)],
    [
      t('playground.details.promptTokens'),
      figures.cachedTokens
        ? t('playground.details.ofCache', {
            tokens: formatCount(figures.promptTokens),
            cached: formatCount(figures.cachedTokens),
          })
        : formatCount(figures.promptTokens),
    ],
    [
      t('playground.details.prompt'),
      prefillRate === null
        ? formatLatency(figures.promptMs)
        : `${formatLatency(figures.promptMs)} · ${perSecond(prefillRate)}`,
    ],
    [t('playground.details.total'), formatLatency(figures.totalMs)],
    [t('playground.details.end'), figures.endReason ? t(`playground.endReason.${figures.endReason}`) : unknown],
    [t('playground.details.seed'), seed === null ? unknown : String(seed)],
  ]
  // Of an answer that never began most of them mean nothing.
  const told = answer.state === 'failed' ? facts.filter(([, value]) => value !== unknown) : facts
  return (
    <>
      <dl className={classes.facts}>
        {told.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>
        {failure?.code === 'modelOnlyLoaded' ? t('playground.details.onlyLoaded') : t(noteOf(figures))}
      </p>
    </>
  )
}

const noteOf = ({ isCountedHere, answerTokens }: AnswerFigures) => {
  if (isCountedHere) return 'playground.details.countedHere'
  return answerTokens === null ? 'playground.details.unknown' : 'playground.details.note'
}
