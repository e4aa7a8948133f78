import { IconPlayerPlay } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ownModel } from '../../../../shared/backends/own'
import type { BenchRunSummary } from '../../../../shared/contract/bench'
import { planProblem } from '../../../../shared/measure/plan'
import { useAction } from '../../../actions/use-action'
import { BusyButton } from '../../../components/busy-button'
import { Page } from '../../../components/page'
import { MainMemoryNotice } from '../../../parts/main-memory-notice'
import { startRun } from '../../../stores/bench'
import { useMainMemoryShare } from '../../../stores/main-memory'
import { useSetContext, useSlotCount } from '../../../stores/server-settings'
import { RunsCard } from '../runs-card'
import { BesideOthers } from './beside-others'
import { BlockedNotice } from './blocked-notice'
import classes from './plan.module.css'
import { firstPlan } from './plan-choices'
import { freshDraft, keepDraft, type PlanDraft, readDraft, withNumbers } from './plan-draft'
import { PlanEstimate } from './plan-estimate'
import { PlanForm } from './plan-form'
import { useBenchModels } from './use-bench-models'

type Props = { runs: readonly BenchRunSummary[]; isStale: boolean }

/** Nothing runs: what shall be measured, what it will take, and what was measured before. */
export function PlanView({ runs, isStale }: Props) {
  const { t } = useTranslation()
  const { names, blocked } = useBenchModels()
  const [kept, setKept] = useState(() => readDraft(localStorage))
  const setContext = useSetContext()
  const slots = useSlotCount()
  const leastContext = setContext ?? firstPlan.contextLength
  const draft = kept ?? freshDraft(runs, setContext)
  const wish = draft.plan
  const plan = { ...wish, model: names.includes(wish.model.name) ? wish.model : ownModel(names[0] ?? '') }
  const change = (next: PlanDraft) => {
    setKept(next)
    keepDraft(next, localStorage)
  }
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
          disabled={plan.model.name === '' || problem !== null}
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
          draft={{ ...draft, plan }}
          names={names}
          slots={slots}
          leastContext={leastContext}
          onChange={change}
        />
        <PlanEstimate
          plan={plan}
          runs={runs}
          slots={slots}
          problem={problem}
          onContext={(contextLength) => change(withNumbers(draft, { contextLength }, leastContext))}
        />
        <BesideOthers />
        <RunsCard runs={runs} isDimmed={isStale} />
      </div>
    </Page>
  )
}
