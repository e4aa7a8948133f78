import { useTranslation } from 'react-i18next'
import { useFormat } from '../../../format/use-format'
import { pulls } from '../../../stores/pulls'
import { useAnswersInFlight } from '../../../stores/requests'
import classes from './plan.module.css'

/** What else is in progress: a run measures less beside it, and slows it down. */
export function BesideOthers() {
  const { t } = useTranslation()
  const format = useFormat()
  const pull = pulls.useValue()?.find(({ state }) => state === 'running' || state === 'verifying')
  const answers = useAnswersInFlight() ?? 0
  const others = format.sentences([
    pull ? t('benchmark.plan.beside.pull', { model: pull.model.name }) : null,
    answers > 0 ? t('benchmark.plan.beside.answer') : null,
  ])
  return others === '' ? null : (
    <p className={classes.estimate} role="status">
      {others}
    </p>
  )
}
