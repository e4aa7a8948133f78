import { Button } from '@mantine/core'
import { IconRefresh } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Server } from '../../../shared/contract/server'
import { runningServer, serverPowers } from '../../../shared/ollama/server-powers'
import { serverWord } from '../../../shared/ollama/server-word'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { Page } from '../../components/page'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import { pulls } from '../../stores/pulls'
import { restartServer, server as serverStore, startServer } from '../../stores/server'
import classes from './dashboard.module.css'
import { GpusCard } from './gpus-card'
import { LastRunCard } from './last-run-card'
import { LoadedModelsCard } from './loaded-models-card'
import { NeedsYouCard } from './needs-you-card'
import { PullingCard } from './pulling-card'
import { ServerCard } from './server-card'

/** What runs at the left, what needs you at the right. */
export function Dashboard({ server }: { server: Server }) {
  const { t } = useTranslation()
  const restart = useAction(restartServer)
  const start = useAction(startServer)
  const isStale = serverStore.use((state) => state.isStale)
  const { answers, runs, mayStart, mayRestart } = serverPowers(server)
  return (
    <Page
      title={t('frame.screens.overview')}
      sentence={<Sentence server={server} />}
      actions={
        runs ? (
          <>
            {mayRestart ? (
              <BusyButton
                variant="default"
                leftSection={<IconRefresh size={16} />}
                isBusy={restart.isRunning}
                onClick={() => void restart.run()}
              >
                {t('overview.restart')}
              </BusyButton>
            ) : null}
            {answers ? (
              <Button component={Link} href="/playground">
                {t('overview.playground')}
              </Button>
            ) : null}
          </>
        ) : (
          <BusyButton
            isBusy={start.isRunning || server.state === 'starting'}
            disabled={!mayStart}
            onClick={() => void start.run()}
          >
            {t('overview.start')}
          </BusyButton>
        )
      }
    >
      <div className={classes.grid} data-stale={isStale || undefined}>
        <div className={classes.column}>
          <ServerCard server={server} />
          <GpusCard />
          <LoadedModelsCard />
          <LastRunCard />
        </div>
        <div className={classes.column}>
          <NeedsYouCard />
          <PullingCard />
        </div>
      </div>
    </Page>
  )
}

function Sentence({ server }: { server: Server }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(10_000)
  const queue = pulls.useValue()?.filter((pull) => pull.state === 'running' || pull.state === 'waiting') ?? []
  const waiting =
    queue.length === 0 ? t('overview.sentence.idle') : t('overview.sentence.pulls', { count: queue.length })
  const { version = null, startedAtMs = null } = runningServer(server) ?? {}
  if (serverPowers(server).answers && startedAtMs !== null) {
    const age = format.duration(now - startedAtMs)
    return format.sentences([t('overview.sentence.running', { version, age }), waiting])
  }
  return t(`overview.sentence.states.${serverWord(server)}`, { version })
}
