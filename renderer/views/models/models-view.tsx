import { Button, Drawer, Modal } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { Models } from '../../../shared/contract/models'
import { Card } from '../../components/card'
import { Empty } from '../../components/empty'
import { FailureNotice } from '../../components/failure-notice'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'
import { formatSize } from '../../format/sizes'
import { machine } from '../../stores/host'
import { models, removeModel } from '../../stores/models'
import { server, startServer } from '../../stores/server'
import { useAction } from '../../stores/use-action'
import { ModelDetailsPanel } from './model-details'
import { ModelTable } from './model-table'
import classes from './models-view.module.css'
import { PullBox } from './pull-box'
import { PullList } from './pull-list'
import { Suggestions } from './suggestions'

/** The models of this machine: what is there, what is loaded, what is on its way. */
export default function ModelsView() {
  const { t } = useTranslation()
  const [location, navigate] = useLocation()
  const state = models.useValue()
  const isStale = models.use((whole) => whole.isStale)
  const [doomed, setDoomed] = useState<string | null>(null)
  const opened = decodeURIComponent(location.split('/').slice(2).join('/')) || null
  if (!state) {
    return (
      <Page title={t('frame.screens.models')}>
        <Waiting sentence={t('models.waiting')} heights={[420]} />
      </Page>
    )
  }
  return (
    <Page title={t('frame.screens.models')} sentence={<Sentence state={state} />} actions={<PullBox />}>
      <div className={classes.grid} data-stale={isStale || undefined}>
        <div className={classes.column}>
          {state.failure ? <FailureNotice failure={state.failure} /> : null}
          <Installed
            state={state}
            onOpen={(name) => navigate(`/models/${encodeURIComponent(name)}`)}
            onRemove={setDoomed}
          />
        </div>
        <PullList />
      </div>
      <Drawer
        opened={opened !== null}
        onClose={() => navigate('/models')}
        position="right"
        size="lg"
        title={opened}
        closeButtonProps={{ 'aria-label': t('models.close') }}
        transitionProps={{ duration: 120 }}
      >
        {opened ? <ModelDetailsPanel key={opened} name={opened} /> : null}
      </Drawer>
      {doomed ? <RemoveQuestion name={doomed} state={state} onClose={() => setDoomed(null)} /> : null}
    </Page>
  )
}

function Sentence({ state }: { state: Models }) {
  const { t } = useTranslation()
  const disk = machine.useValue()
  if (state.state === 'no-server') return t('models.sentence.noServer')
  const sizeBytes = state.installed.reduce((sum, model) => sum + model.sizeBytes, 0)
  return t('models.sentence.some', {
    count: state.installed.length,
    size: formatSize(sizeBytes),
    folder: disk?.modelsFolder ?? '',
    free: formatSize(disk?.diskFreeBytes ?? null),
    loaded: state.loaded.length,
  })
}

type InstalledProps = { state: Models; onOpen: (name: string) => void; onRemove: (name: string) => void }

function Installed({ state, onOpen, onRemove }: InstalledProps) {
  const { t } = useTranslation()
  const start = useAction(startServer)
  const serverState = server.useValue()?.state
  if (state.state === 'no-server') {
    return (
      <Card>
        <Empty
          sentence={t('models.noServer')}
          action={
            serverState === 'missing' ? (
              <Button component={Link} href="/overview">
                {t('models.getOllama')}
              </Button>
            ) : (
              <Button
                loading={start.isRunning || serverState === 'starting'}
                disabled={serverState === 'foreign'}
                onClick={() => void start.run()}
              >
                {t('models.start')}
              </Button>
            )
          }
        />
      </Card>
    )
  }
  if (state.state === 'loading' && state.installed.length === 0)
    return <Waiting sentence={t('models.waiting')} heights={[320]} />
  if (state.installed.length === 0) return <Suggestions />
  return <ModelTable state={state} onOpen={onOpen} onRemove={onRemove} />
}

function RemoveQuestion({ name, state, onClose }: { name: string; state: Models; onClose: () => void }) {
  const { t } = useTranslation()
  const model = state.installed.find((installed) => installed.name === name)
  const isLoaded = state.loaded.some((loaded) => loaded.name === name)
  const remove = useAction(async () => {
    await removeModel(name)
    onClose()
  })
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('models.remove.title', { name })}
      centered
      closeButtonProps={{ 'aria-label': t('models.close') }}
    >
      <p className={classes.question}>
        {t('models.remove.text', { size: formatSize(model?.sizeBytes ?? null) })}{' '}
        {isLoaded ? t('models.remove.loaded') : null}
      </p>
      <div className={classes.answers}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('frame.cancel')}
        </Button>
        <Button color="red" loading={remove.isRunning} onClick={() => void remove.run()}>
          {t('models.remove.confirm')}
        </Button>
      </div>
    </Modal>
  )
}
