import { useTranslation } from 'react-i18next'
import type { BenchRunSummary } from '../../../shared/contract/bench'
import { showDone } from '../../actions/notify'
import { useAction } from '../../actions/use-action'
import { removeRun, restoreRun } from '../../stores/bench'

/** Deletes a run and offers to bring it back. */
export function useRemoveRun() {
  const { t } = useTranslation()
  const restore = useAction(restoreRun)
  const remove = useAction(removeRun)
  return async (run: Pick<BenchRunSummary, 'id' | 'plan'>) => {
    const isRemoved = await remove.run(run.id)
    if (isRemoved)
      showDone(t('benchmark.result.removed', { model: run.plan.model.name }), () => void restore.run(run.id))
    return isRemoved
  }
}
