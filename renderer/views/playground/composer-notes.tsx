import { useTranslation } from 'react-i18next'
import { formatCount } from '../../format/numbers'
import { benchProgress, savedRuns } from '../../stores/bench'
import { pulls } from '../../stores/pulls'
import { contextClash } from './chat-context'
import classes from './composer.module.css'
import type { ConversationState } from './use-conversation'

/** Above the field: what else is in progress and would be disturbed, and whether asking loads the model again. */
export function ComposerNotes({ conversation }: { conversation: ConversationState }) {
  const { t } = useTranslation()
  const run = benchProgress.useValue()
  const pull = pulls.useValue()?.find(({ state }) => state === 'running' || state === 'verifying')
  const reload = useReloadNote(conversation)
  const notes = [
    run ? t('playground.notes.benchmark') : null,
    pull ? t('playground.notes.pull', { model: pull.model.name }) : null,
    reload,
  ].filter((note) => note !== null)
  if (notes.length === 0) return null
  return (
    <ul className={classes.notes} aria-label={t('playground.notes.name')}>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  )
}

function useReloadNote({ model, models, context, blocked, isRunning }: ConversationState) {
  const { t } = useTranslation()
  const plan = savedRuns.useValue()?.[0]?.plan
  const known = models.find(({ name }) => name === model)
  if (!known || blocked || isRunning) return null
  const clash = contextClash(context, {
    loaded: known.loadedContext,
    trained: known.trainedContext,
    measured: plan?.model.name === model ? plan.contextLength : null,
  })
  if (!clash) return null
  const said = { model, loaded: formatCount(clash.loaded), asked: formatCount(clash.asked) }
  if (clash.asked === null) return t('playground.notes.loadedByBenchmark', said)
  const of = clash.by === 'benchmark' ? 'reloadAfterBenchmark' : 'reload'
  return t(`playground.notes.${of}.${context.from}`, said)
}
