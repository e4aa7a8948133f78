import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { Trans, useTranslation } from 'react-i18next'
import type { BenchRun } from '../../../../shared/contract/bench'
import type { Estimate, Verdict } from '../../../../shared/measure/result'
import { Card } from '../../../components/card'
import { Chip } from '../../../components/chip'
import { Figure } from '../../../components/figure'
import { formatMeasure } from '../../../format/numbers'
import { formatLatency, latencyFigure } from '../../../format/times'
import { useFormat } from '../../../format/use-format'
import { type Headline, headlineOf } from '../../../parts/run-headline'
import { intervalWords } from '../estimated'
import { capacityOf } from './capacity'
import classes from './result.module.css'
import { doubts, keepsNoShare, verdictFigures, verdictKey } from './verdict-words'

/** What the run says, in a sentence, two figures and what must be known before they are believed. */
export function SentenceCard({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const headline = headlineOf(run.curve)
  return (
    <Card>
      <div className={classes.head}>
        <p className={classes.sentence}>
          {headline ? <Sentence run={run} headline={headline} /> : t('words.nothingAnswered')}
          <Rest run={run} />
        </p>
        {headline ? (
          <div className={classes.figures}>
            <Figures run={run} headline={headline} />
          </div>
        ) : null}
      </div>
      <ul className={classes.verdicts}>
        {run.verdicts.map((verdict) => (
          <li key={verdict.code}>
            <VerdictChip verdict={verdict} />
          </li>
        ))}
      </ul>
    </Card>
  )
}

/** The figure in question and the first token beside it; of many streams the same of one. */
function Figures({ run, headline }: { run: BenchRun; headline: Headline }) {
  const { t } = useTranslation()
  const { kind, step } = headline
  const solo = run.curve.find(({ concurrency }) => concurrency === 1)
  const isAlone = kind === 'perStream'
  return (
    <>
      <RateFigure
        label={isAlone ? t('words.perStream') : t('benchmark.result.systemRate', { count: step.concurrency })}
        rate={headline.rate}
        isLarge
      />
      <FirstToken step={step} />
      {isAlone && run.curve.length === 1 ? (
        <Figure
          label={t('words.perToken')}
          value={formatMeasure(step.tpotMs?.value ?? null)}
          unit="ms"
          note={step.tpotMs ? intervalWords(step.tpotMs) : null}
        />
      ) : null}
      {solo && !isAlone ? (
        <>
          <RateFigure label={t('benchmark.result.perStreamAlone')} rate={solo.decodeTokensPerSecond} />
          <FirstToken step={solo} />
        </>
      ) : null}
    </>
  )
}

function RateFigure({ label, rate, isLarge = false }: { label: string; rate: Estimate | null; isLarge?: boolean }) {
  return (
    <Figure
      label={label}
      value={formatMeasure(rate?.value ?? null)}
      unit="tok/s"
      note={rate ? [intervalWords(rate), `n = ${rate.n}`].filter(Boolean).join(' · ') : null}
      isLarge={isLarge}
    />
  )
}

function FirstToken({ step: { concurrency, ttftMs } }: { step: BenchRun['curve'][number] }) {
  const { t } = useTranslation()
  return (
    <Figure
      label={t('benchmark.result.firstToken', { count: concurrency })}
      {...latencyFigure(ttftMs?.value ?? null)}
      note={ttftMs ? <>n = {ttftMs.n}</> : null}
    />
  )
}

function Sentence({ run, headline }: { run: BenchRun; headline: Headline }) {
  const { kind, step, rate, ttft } = headline
  const solo = run.curve.find(({ concurrency }) => concurrency === 1)
  const values = {
    model: run.plan.model.name,
    rate: formatMeasure(rate?.value ?? null),
    ttft: formatLatency(ttft?.value ?? null),
    count: step.concurrency,
  }
  if (kind === 'perStream' || !rate || !solo?.outputTokensPerSecond) {
    const key = kind === 'perStream' ? 'benchmark.result.sentences.one' : 'benchmark.result.sentences.many'
    return <Trans i18nKey={key} values={values} components={{ b: <b /> }} />
  }
  const soloValues = {
    soloRate: formatMeasure(solo.decodeTokensPerSecond?.value ?? null),
    soloTtft: formatLatency(solo.ttftMs?.value ?? null),
    scaling: formatMeasure(rate.value / solo.outputTokensPerSecond.value),
  }
  return (
    <Trans i18nKey="benchmark.result.sentences.both" values={{ ...values, ...soloValues }} components={{ b: <b /> }} />
  )
}

/** How many people it serves, and what makes the figures doubtful: in the same breath as the figures. */
function Rest({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const format = useFormat()
  const say = useVerdictWords()
  const capacity = capacityOf(run)
  const grave = doubts(run.verdicts)
  const rest = [
    capacity && t(`benchmark.result.capacity.${capacity.limit}`, { people: capacity.people }),
    grave.length > 0 && t('benchmark.result.sentences.doubt', { what: format.statements(grave.map(say)) }),
  ]
  return <>{format.next(format.sentences(rest))}</>
}

const tones = { good: 'good', info: 'plain', caution: 'caution', bad: 'bad' } as const
const icons = { good: IconCheck, info: IconInfoCircle, caution: IconAlertTriangle, bad: IconAlertTriangle }

function VerdictChip({ verdict }: { verdict: Verdict }) {
  const { t } = useTranslation()
  const say = useVerdictWords()
  const Icon = icons[verdict.level]
  return (
    <Chip
      tone={tones[verdict.level]}
      icon={<Icon size={13} aria-hidden />}
      title={t(`benchmark.verdictMeanings.${verdict.code}`)}
    >
      {say(verdict)}
    </Chip>
  )
}

function useVerdictWords() {
  const { t } = useTranslation()
  const format = useFormat()
  return (verdict: Verdict) => {
    const figures = { ...verdictFigures(verdict), pause: format.duration(verdict.values.pauseMs ?? null) }
    const key = verdictKey(verdict)
    if (key !== 'client-late') return t(`benchmark.verdicts.${key}`, figures)
    if (keepsNoShare(verdict)) return t('benchmark.verdicts.client-late-earlier', figures)
    return t('benchmark.verdicts.client-late', { ...figures, count: verdict.values.streams ?? 1 })
  }
}
