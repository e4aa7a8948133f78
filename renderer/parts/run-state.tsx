import { useTranslation } from 'react-i18next'
import type { BenchRunSummary } from '../../shared/contract/bench'
import { Chip } from '../components/chip'

const tones = {
  running: 'info',
  finished: 'good',
  cancelled: 'plain',
  interrupted: 'caution',
  failed: 'bad',
} as const

/** How a run ended, in a word. */
export function RunState({ run }: { run: Pick<BenchRunSummary, 'state'> }) {
  const { t } = useTranslation()
  return <Chip tone={tones[run.state]}>{t(`words.runStates.${run.state}`)}</Chip>
}
