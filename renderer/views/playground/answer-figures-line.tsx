import { Popover, VisuallyHidden } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Answer, AnswerFigures } from '../../../shared/contract/chats'
import { Chip } from '../../components/chip'
import { formatCount, formatMeasure } from '../../format/numbers'
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
            <span className={classes.model}>{model.name}</span>
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
  const { figures, model, seed, atMs } = answer
  const rate = figures.tokensPerSecond
  const facts: [string, string][] = [
    [t('playground.details.model'), model.name],
    [t('playground.details.asked'), format.moment(atMs)],
    [t('playground.details.load'), formatLatency(figures.loadMs)],
    [
      t(figures.isLoadIncluded ? 'playground.details.firstTokenWithLoad' : 'playground.details.firstToken'),
      formatLatency(figures.firstTokenMs),
    ],
    [t('playground.details.rate'), rate === null ? '—' : `${formatMeasure(rate)} ${t('playground.figures.rate')}`],
    [t('playground.details.answerTokens'), formatCount(figures.answerTokens)],
    [t('playground.details.promptTokens'), formatCount(figures.promptTokens)],
    [t('playground.details.prompt'), formatLatency(figures.promptMs)],
    [t('playground.details.total'), formatLatency(figures.totalMs)],
    [t('playground.details.end'), figures.endReason ? t(`playground.endReason.${figures.endReason}`) : '—'],
    [t('playground.details.seed'), seed === null ? '—' : String(seed)],
  ]
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <p className={classes.note}>
        {t(
          figures.isCountedHere
            ? 'playground.details.countedHere'
            : figures.answerTokens === null
              ? 'playground.details.unknown'
              : 'playground.details.note',
        )}
      </p>
    </>
  )
}
