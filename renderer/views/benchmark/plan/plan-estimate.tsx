import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { estimatePlan, type PlanProblem } from '../../../../shared/measure/plan'
import type { BenchPlan } from '../../../../shared/measure/result'
import { Notice } from '../../../components/notice'
import { formatCount } from '../../../format/numbers'
import { useFormat } from '../../../format/use-format'
import classes from './plan.module.css'
import { knownSpeed, knownWork, roomyContext } from './plan-choices'

type Props = {
  plan: BenchPlan
  runs: readonly BenchRunSummary[]
  /** Requests that the server answers at once; null where that cannot be told. */
  slots: number | null
  problem: PlanProblem | null
  onContext: (contextLength: number) => void
}

/** What the plan will take, or why it cannot be run. */
export function PlanEstimate({ plan, runs, slots, problem, onContext }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (problem) {
    const roomy = roomyContext(plan.promptTokens, plan.answerTokens)
    return (
      <Notice
        tone="caution"
        title={t(`benchmark.plan.problems.${problem}`)}
        actions={
          problem === 'context-too-small' ? (
            <Button variant="default" size="xs" onClick={() => onContext(roomy)}>
              {t('benchmark.plan.useContext', { tokens: formatCount(roomy) })}
            </Button>
          ) : null
        }
      />
    )
  }
  const work = knownWork(plan, runs, slots)
  const { requests, tokens, shortestMs, longestMs } = estimatePlan(plan, knownSpeed(plan, runs), work)
  const shortest = format.duration(shortestMs)
  const longest = format.duration(longestMs)
  return (
    <p className={classes.estimate}>
      <span>{t('benchmark.plan.cost', { requests: formatCount(requests), tokens: formatCount(tokens) })}</span>
      <span>
        {shortestMs === null
          ? t('benchmark.plan.timeUnknown')
          : shortest === longest
            ? t('benchmark.plan.time', { time: shortest })
            : t(slots === null ? 'benchmark.plan.timeRange' : 'benchmark.plan.timeRangeSlots', { shortest, longest })}
      </span>
    </p>
  )
}
