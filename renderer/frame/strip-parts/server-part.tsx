import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import { runningServer, serverPowers } from '../../../shared/ollama/server-powers'
import { serverWord } from '../../../shared/ollama/server-word'
import { server } from '../../stores/server'
import { StripDot, StripPart, StripPiece } from '../strip-part'

const tones: Record<Server['state'], 'good' | 'caution' | 'bad' | 'info' | 'faint'> = {
  looking: 'faint',
  missing: 'faint',
  stopped: 'faint',
  starting: 'info',
  ready: 'good',
  hung: 'bad',
  stopping: 'info',
  crashed: 'bad',
  adopted: 'good',
  foreign: 'caution',
}

/** The server in a word: its state, version and address. */
export function ServerPart() {
  const { t } = useTranslation()
  const state = server.useValue()
  const isStale = server.use((whole) => whole.isStale)
  if (!state) return null
  const { answers } = serverPowers(state)
  const said = [
    state.state === 'adopted' ? t('frame.notOurs') : null,
    answers ? runningServer(state)?.version : null,
    state.state === 'missing' ? null : `${state.host}:${state.port}`,
  ].filter((words) => words != null)
  return (
    <StripPart href="/server" label={t('frame.screens.server')} isDimmed={isStale}>
      <StripDot tone={tones[state.state]} />
      <strong>{t(`frame.serverStates.${serverWord(state)}`)}</strong>
      <StripPiece is="address">{said.join(' · ')}</StripPiece>
    </StripPart>
  )
}
