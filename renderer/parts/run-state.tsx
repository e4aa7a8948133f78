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

/** Whoever stops the server ends the run, as whoever cancels it does: nothing has failed. */
const byTheUser = new Set(['serverRestarted', 'serverStopped'])

/** How a run ended, in a word. */
export function RunState({ run: { state, failure } }: { run: Pick<BenchRunSummary, 'state' | 'failure'> }) {
  const { t } = useTranslation()
  const said = failure !== null && byTheUser.has(failure.code) ? 'cancelled' : state
  return <Chip tone={tones[said]}>{t(`words.runStates.${said}`)}</Chip>
}
