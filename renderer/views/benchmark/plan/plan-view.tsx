import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownModel } from '../../../../shared/backends/own'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { planProblem } from '../../../../shared/measure/plan'
import type { BenchPlan } from '../../../../shared/measure/result'
import { useAction } from '../../../actions/use-action'
import { BusyButton } from '../../../components/busy-button'
import { Page } from '../../../components/page'
import { MainMemoryNotice } from '../../../parts/main-memory-notice'
import { startRun } from '../../../stores/bench'
import { useMainMemoryShare } from '../../../stores/main-memory'
import { useSetContext, useSlotCount } from '../../../stores/server-settings'
import { RunsCard } from '../runs-card'
import { BlockedNotice } from './blocked-notice'
import classes from './plan.module.css'
import { firstPlan, withContext } from './plan-choices'
import { PlanEstimate } from './plan-estimate'
import { PlanForm } from './plan-form'
import { useBenchModels } from './use-bench-models'

type Props = { runs: readonly BenchRunSummary[]; isStale: boolean }

/** Nothing runs: what shall be measured, what it will take, and what was measured before. */
export function PlanView({ runs, isStale }: Props) {
  const { t } = useTranslation()
  const { names, blocked } = useBenchModels()
  const [chosen, setPlan] = useState<BenchPlan | null>(null)
  const setContext = useSetContext()
  const slots = useSlotCount()
  const wish = chosen ?? withContext(runs[0]?.plan ?? firstPlan, setContext)
  const plan = { ...wish, model: names.includes(wish.model.name) ? wish.model : ownModel(names[0] ?? '') }
  const mainMemory = useMainMemoryShare(plan.model.name, plan.contextLength)
  const start = useAction(startRun)
  const problem = planProblem(plan)
  return (
    <Page
      title={t('frame.screens.benchmark')}
      sentence={t('benchmark.plan.sentence')}
      actions={
        <BusyButton
          leftSection={<IconPlayerPlay size={16} />}
          disabled={plan.model.name === '' || problem !== null || plan.concurrency.length === 0}
          isBusy={start.isRunning}
          onClick={() => void start.run(plan)}
        >
          {t('benchmark.plan.run')}
        </BusyButton>
      }
    >
      <div className={classes.column}>
        {blocked ? <BlockedNotice reason={blocked} /> : <MainMemoryNotice model={plan.model.name} share={mainMemory} />}
        <PlanForm
          plan={plan}
          names={names}
          slots={slots}
          leastContext={setContext ?? firstPlan.contextLength}
          onChange={setPlan}
        />
        <PlanEstimate plan={plan} runs={runs} problem={problem} />
        <RunsCard runs={runs} isDimmed={isStale} />
      </div>
    </Page>
  )
}
