import { useTranslation } from 'react-i18next'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'
import { server } from '../../stores/server'
import { settings } from '../../stores/settings'
import { Checklist } from './checklist'
import { Dashboard } from './dashboard'

/** What runs and what needs you, at one glance; until the first token has come, the way there. */
export default function OverviewView() {
  const { t } = useTranslation()
  const preferences = settings.useValue()?.preferences
  const state = server.useValue()
  if (!preferences || !state) {
    return (
      <Page title={t('frame.screens.overview')}>
        <Waiting sentence={t('frame.connecting')} />
      </Page>
    )
  }
  return preferences.isChecklistDone ? <Dashboard server={state} /> : <Checklist server={state} />
}
