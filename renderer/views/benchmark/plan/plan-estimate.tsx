import { useTranslation } from 'react-i18next'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { estimatePlan, type PlanProblem } from '../../../../shared/measure/plan'
import type { BenchPlan } from '../../../../shared/measure/result'
import { Notice } from '../../../components/notice'
import { formatCount } from '../../../format/numbers'
import { useFormat } from '../../../format/use-format'
import classes from './plan.module.css'
import { knownSpeed } from './plan-choices'

type Props = { plan: BenchPlan; runs: readonly BenchRunSummary[]; problem: PlanProblem | null }

/** What the plan will take, or why it cannot be run. */
export function PlanEstimate({ plan, runs, problem }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  if (problem) return <Notice tone="caution" title={t(`benchmark.plan.problems.${problem}`)} />
  const { requests, tokens, shortestMs, longestMs } = estimatePlan(plan, knownSpeed(plan, runs))
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
            : t('benchmark.plan.timeRange', { shortest, longest })}
      </span>
    </p>
  )
}
