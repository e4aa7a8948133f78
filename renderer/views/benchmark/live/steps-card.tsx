import { IconCheck } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { BenchLive, LiveStep } from '../../../../shared/contract/bench'
import { estimatePlan } from '../../../../shared/measure/plan'
import { Card } from '../../../components/card'
import { formatCount, formatMeasure } from '../../../format/numbers'
import { useFormat } from '../../../format/use-format'
import { workloadOf } from '../plan/plan-choices'
import { isAlone } from './is-alone'
import marks from './marks.module.css'
import classes from './steps-card.module.css'

/** As many have room for name and note in one line. */
const roomySteps = 5

/** The plan in a line, and its steps as a bar in as many pieces. */
export function StepsCard({ live }: { live: BenchLive }) {
  const { t } = useTranslation()
  const { plan } = live
  const { requests, tokens } = estimatePlan(plan, null)
  const workload = t(`benchmark.workloads.${workloadOf(plan) ?? 'own'}`)
  return (
    <Card>
      <div className={classes.facts}>
        <Fact name={t('benchmark.plan.workload')}>
          {workload} {formatCount(plan.promptTokens)}/{formatCount(plan.answerTokens)}
        </Fact>
        <Fact name={t('benchmark.plan.preset')}>{t(`benchmark.presets.${plan.preset}`)}</Fact>
        <Fact name={t('benchmark.plan.contextLength')}>{formatCount(plan.contextLength)}</Fact>
        <Fact name={t('benchmark.live.plan')}>
          {t('benchmark.plan.cost', { requests: formatCount(requests), tokens: formatCount(tokens) })}
        </Fact>
      </div>
      <ol className={classes.steps} data-many={live.steps.length > roomySteps || undefined}>
        {live.steps.map((step, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the steps never move
          <Step key={place} step={step} live={live} />
        ))}
      </ol>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <span>
      <span className={marks.factName}>{name}</span> {children}
    </span>
  )
}

function Step({ step, live }: { step: LiveStep; live: BenchLive }) {
  const share = step.state === 'done' ? 1 : step.state === 'running' ? shareOf(step) : 0
  return (
    <li className={classes.step} data-state={step.state} data-kind={step.kind}>
      <div className={classes.track}>
        <div className={classes.fill} style={{ width: `${share * 100}%` }} />
      </div>
      <div className={classes.stepWords}>
        <StepWords step={step} live={live} />
      </div>
    </li>
  )
}

const shareOf = (step: LiveStep) =>
  step.plannedRequests > 0 ? Math.min(1, step.endedRequests / step.plannedRequests) : 0.5

function StepWords({ step, live }: { step: LiveStep; live: BenchLive }) {
  const { t } = useTranslation()
  const format = useFormat()
  const name =
    step.kind === 'measure'
      ? t('benchmark.streams', { count: step.concurrency })
      : t(`benchmark.live.steps.${step.kind}`)
  return (
    <>
      <span className={classes.stepName}>
        {step.state === 'done' ? <IconCheck size={13} stroke={2.2} className={classes.tick} aria-hidden /> : null}
        {name}
      </span>{' '}
      <span className={classes.stepNote}>{note()}</span>
    </>
  )

  function note() {
    const rate = isAlone(live) ? step.decodeTokensPerSecond : step.outputTokensPerSecond
    if (step.state === 'done' && rate !== null) {
      return t(isAlone(live) ? 'benchmark.ratePerStream' : 'benchmark.rateTotal', { rate: formatMeasure(rate) })
    }
    if (step.state === 'done') return format.duration(step.durationMs)
    if (step.plannedRequests === 0) return ''
    if (step.state === 'running' && live.phase === 'warm-up') return t('benchmark.live.waitsFor.warm-up')
    if (step.state === 'running')
      return t('benchmark.live.done', { done: step.endedRequests, planned: step.plannedRequests })
    return t('benchmark.live.planned', { planned: step.plannedRequests })
  }
}
