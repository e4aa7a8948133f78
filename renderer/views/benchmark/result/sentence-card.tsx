import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import { Trans, useTranslation } from 'react-i18next'
import type { BenchRun } from '../../../../shared/contract/bench'
import type { Verdict } from '../../../../shared/measure/result'
import { Card } from '../../../components/card'
import { Chip } from '../../../components/chip'
import { Figure } from '../../../components/figure'
import { formatMeasure } from '../../../format/numbers'
import { formatLatency, latencyFigure } from '../../../format/times'
import { bestStep } from '../../../parts/best-step'
import { intervalWords } from '../estimated'
import { capacityOf } from './capacity'
import classes from './result.module.css'
import { doubts, verdictKey } from './verdict-words'

/** What the run says, in a sentence, two figures and what must be known before they are believed. */
export function SentenceCard({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const best = bestStep(run.curve)
  const solo = run.curve.find((step) => step.concurrency === 1)
  const rate = best?.outputTokensPerSecond ?? null
  const ttft = best?.ttftMs ?? null
  const capacity = capacityOf(run)
  return (
    <Card>
      <div className={classes.head}>
        <p className={classes.sentence}>
          {best && rate ? <Sentence run={run} /> : t('words.nothingAnswered')}
          {capacity ? ` ${t(`benchmark.result.capacity.${capacity.limit}`, { people: capacity.people })}` : null}
          <Doubts verdicts={doubts(run.verdicts)} />
        </p>
        {best && rate ? (
          <div className={classes.figures}>
            <Figure
              label={t('benchmark.result.systemRate', { count: best.concurrency })}
              value={formatMeasure(rate.value)}
              unit="tok/s"
              note={[intervalWords(rate), `n = ${rate.n}`].filter(Boolean).join(' · ')}
              isLarge
            />
            <Figure
              label={t('benchmark.result.firstToken', { count: best.concurrency })}
              {...latencyFigure(ttft?.value ?? null)}
              note={ttft ? <>n = {ttft.n}</> : null}
            />
            {run.curve.length === 1 ? <SingleStepFigures step={best} /> : null}
            {solo && solo !== best ? (
              <Figure
                label={t('benchmark.result.firstToken', { count: 1 })}
                {...latencyFigure(solo.ttftMs?.value ?? null)}
                note={solo.ttftMs ? <>n = {solo.ttftMs.n}</> : null}
              />
            ) : null}
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

/** One step makes no curve: what the curves would show of it stands beside its rate. */
function SingleStepFigures({ step: { decodeTokensPerSecond, tpotMs } }: { step: BenchRun['curve'][number] }) {
  const { t } = useTranslation()
  return (
    <>
      <Figure
        label={t('benchmark.result.perStream')}
        value={formatMeasure(decodeTokensPerSecond?.value ?? null)}
        unit="tok/s"
        note={decodeTokensPerSecond ? intervalWords(decodeTokensPerSecond) : null}
      />
      <Figure
        label={t('words.perToken')}
        value={formatMeasure(tpotMs?.value ?? null)}
        unit="ms"
        note={tpotMs ? intervalWords(tpotMs) : null}
      />
    </>
  )
}

function Sentence({ run }: { run: BenchRun }) {
  const best = bestStep(run.curve)
  const solo = run.curve.find((step) => step.concurrency === 1)
  if (!best?.outputTokensPerSecond) return null
  const values = {
    model: run.plan.model.name,
    rate: formatMeasure(best.outputTokensPerSecond.value),
    ttft: formatLatency(best.ttftMs?.value ?? null),
    count: best.concurrency,
  }
  if (best.concurrency === 1 || !solo?.outputTokensPerSecond) {
    const key = best.concurrency === 1 ? 'benchmark.result.sentences.one' : 'benchmark.result.sentences.many'
    return <Trans i18nKey={key} values={values} components={{ b: <b /> }} />
  }
  const soloValues = {
    soloRate: formatMeasure(solo.outputTokensPerSecond.value),
    soloTtft: formatLatency(solo.ttftMs?.value ?? null),
    scaling: formatMeasure(best.outputTokensPerSecond.value / solo.outputTokensPerSecond.value),
  }
  return (
    <Trans i18nKey="benchmark.result.sentences.both" values={{ ...values, ...soloValues }} components={{ b: <b /> }} />
  )
}

/** What makes the figures doubtful stands in the same breath as the figures. */
function Doubts({ verdicts }: { verdicts: readonly Verdict[] }) {
  const { t } = useTranslation()
  const say = useVerdictWords()
  if (verdicts.length === 0) return null
  return <> {t('benchmark.result.sentences.doubt', { what: verdicts.map(say).join('; ') })}</>
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
  return (verdict: Verdict) => {
    const values = Object.fromEntries(
      Object.entries(verdict.values).map(([name, value]) => [name, formatMeasure(hundredths(value))]),
    )
    return t(`benchmark.verdicts.${verdictKey(verdict)}`, {
      ...values,
      ...whole(verdict),
      wait: formatLatency(verdict.values.waitMs ?? null),
    })
  }
}

/** Also makes 0 of a -0.001, which would read as -0.00. */
const hundredths = (value: number) => Math.round(value * 100) / 100 + 0

/** Counts are whole, unlike measures. */
function whole({ values }: Verdict) {
  const counts = ['streams', 'n', 'failed', 'asked', 'short', 'requests'] as const
  return Object.fromEntries(counts.flatMap((name) => (name in values ? [[name, values[name]]] : [])))
}
