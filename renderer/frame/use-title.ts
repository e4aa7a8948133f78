import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { shortName } from '../components/long-name/split-name'
import { formatPercent } from '../format/numbers'
import { benchProgress } from '../stores/bench'
import { pulls } from '../stores/pulls'
import { screens } from './screens'

const mostLetters = 32

/** The window's name: what is in progress, then the screen, so that one tab of many tells both. */
export function useTitle(screen: string): void {
  const { t } = useTranslation()
  const run = benchProgress.useValue()
  const pull = (pulls.useValue() ?? []).find(({ state }) => ['running', 'stalled', 'verifying'].includes(state))
  const share = pull?.totalBytes ? formatPercent(pull.completedBytes / pull.totalBytes) : ''
  const known = screens.find(({ id }) => id === screen)
  const title = [
    run ? t('frame.benchmark', { percent: formatPercent(run.progress) }) : null,
    pull ? `${t('frame.pull', { model: shortName(pull.model.name, mostLetters) })} ${share}`.trim() : null,
    known ? t(`frame.screens.${known.id}`) : null,
    'Corral',
  ]
    .filter((words) => words !== null)
    .join(' · ')
  useEffect(() => {
    document.title = title
  }, [title])
}
