import { Button, Tabs } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import type { Server } from '../../../shared/contract/server'
import { runningServer, serverPowers } from '../../../shared/ollama/server-powers'
import { serverWord } from '../../../shared/ollama/server-word'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { Chip } from '../../components/chip'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'
import { isDesktop } from '../../connection/transport'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import { LeaveSimulator } from '../../parts/leave-simulator'
import { restartServer, server, startServer, stopServer } from '../../stores/server'
import { logSummary } from '../../stores/server-log'
import { inForce, serverSettings } from '../../stores/server-settings'
import { changedRows, useDraft } from './draft'
import { InForceTab } from './in-force-tab'
import { LogTab } from './log/log-tab'
import classes from './server-view.module.css'
import { SettingsTab } from './settings-tab'
import { StateNotice } from './state-notice'

const tabs = ['settings', 'in-force', 'log'] as const

// A page that is loaded anew forgets the draft, so the browser asks first; in the desktop's window nobody would.
window.addEventListener('beforeunload', (event) => {
  if (!isDesktop() && useDraft.getState().draft) event.preventDefault()
})

/** The server: its state and owner in a sentence, its settings, what is in force, its log. */
export default function ServerView() {
  const { t } = useTranslation()
  const [location, navigate] = useLocation()
  const state = server.useValue()
  const isStale = server.use((whole) => whole.isStale)
  const saved = serverSettings.useValue()?.saved
  const draft = useDraft((whole) => whole.draft)
  const differing = (inForce.useValue() ?? []).filter(({ differs }) => differs).length
  const ownErrorCount = logSummary.useValue()?.counts.error ?? 0
  const tab = tabs.find((name) => `${location}/`.startsWith(`/server/${name}/`)) ?? 'settings'
  // The log is that of Corral's own server before.
  const errorCount = state?.state === 'adopted' ? 0 : ownErrorCount
  if (!state || !saved) {
    return (
      <Page title={t('frame.screens.server')}>
        <Waiting sentence={t('server.waiting')} heights={[36, 480]} />
      </Page>
    )
  }
  const changes = draft ? changedRows(saved, draft).length : 0
  return (
    <Page
      title={t('frame.screens.server')}
      sentence={<Sentence state={state} />}
      actions={
        <>
          {state.isSimulated ? <LeaveSimulator /> : null}
          <Actions state={state} />
        </>
      }
    >
      <div data-stale={isStale || undefined} className={classes.view}>
        <StateNotice state={state} />
        <Tabs value={tab} onChange={(name) => navigate(`/server/${name}`)} keepMounted={false}>
          <Tabs.List mih={42}>
            <Tabs.Tab
              value="settings"
              rightSection={
                changes > 0 ? <Chip tone="accent">{t('server.tabs.changes', { count: changes })}</Chip> : null
              }
            >
              {t('server.tabs.settings')}
            </Tabs.Tab>
            <Tabs.Tab
              value="in-force"
              rightSection={
                differing > 0 ? <Chip tone="caution">{t('server.tabs.differ', { count: differing })}</Chip> : null
              }
            >
              {t('server.tabs.inForce')}
            </Tabs.Tab>
            <Tabs.Tab
              value="log"
              rightSection={
                errorCount > 0 ? <Chip tone="bad">{t('server.tabs.errors', { count: errorCount })}</Chip> : null
              }
            >
              {t('server.tabs.log')}
            </Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="settings">
            <SettingsTab server={state} saved={saved} />
          </Tabs.Panel>
          <Tabs.Panel value="in-force">
            <InForceTab server={state} />
          </Tabs.Panel>
          <Tabs.Panel value="log">
            <LogTab server={state} />
          </Tabs.Panel>
        </Tabs>
      </div>
    </Page>
  )
}

function Sentence({ state }: { state: Server }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(5000)
  const address = `${state.host}:${state.port}`
  const running = runningServer(state)
  const version = running?.version ?? state.program?.version ?? ''
  const age = running?.startedAtMs == null ? '' : format.duration(now - running.startedAtMs)
  const values = { version, address, age, pid: running?.pid ?? '—' }
  if (serverPowers(state).runs) {
    const owner = t(`server.owner.${running?.owner ?? 'unknown'}`, values)
    return format.sentences([t(`server.sentence.${state.state}`, values), owner])
  }
  return t(`server.sentence.${serverWord(state)}`, values)
}

function Actions({ state }: { state: Server }) {
  const { t } = useTranslation()
  const start = useAction(startServer)
  const stop = useAction(stopServer)
  const restart = useAction(restartServer)
  const isBusy = start.isRunning || stop.isRunning || restart.isRunning
  const { mayStart, mayStop, mayRestart } = serverPowers(state)
  return (
    <Button.Group>
      <BusyButton
        variant="default"
        leftSection={<IconPlayerPlay size={16} />}
        disabled={!mayStart || isBusy}
        isBusy={start.isRunning}
        onClick={() => void start.run()}
      >
        {t('server.start')}
      </BusyButton>
      <BusyButton
        variant="default"
        leftSection={<IconPlayerStop size={16} />}
        disabled={!mayStop}
        isBusy={stop.isRunning}
        onClick={() => void stop.run()}
      >
        {t('server.stop')}
      </BusyButton>
      <BusyButton
        variant="default"
        leftSection={<IconRefresh size={16} />}
        disabled={!mayRestart || isBusy}
        isBusy={restart.isRunning}
        onClick={() => void restart.run()}
      >
        {t('server.restart')}
      </BusyButton>
    </Button.Group>
  )
}
