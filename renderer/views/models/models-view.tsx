import { Button } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocation, useRoute } from 'wouter'
import type { Models } from '../../../shared/contract/models'
import { Card } from '../../components/card'
import { FailureNotice } from '../../components/failure-notice'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import { models } from '../../stores/models'
import { pulls } from '../../stores/pulls'
import { DetailsPanel } from './details/details-panel'
import { ModelsTable } from './list/models-table'
import type { ModelRow } from './list/sort-models'
import classes from './models-view.module.css'
import { NoServer } from './no-server'
import { PullBox } from './pull-box'
import { PullsCard } from './pulls/pulls-card'
import { RemoveQuestion } from './remove-question'
import { Sentence } from './sentence'
import { SuggestedCard } from './suggested-card'

/** What is installed and what is loaded, one model in detail, and the pulls. */
export default function ModelsView() {
  const { t } = useTranslation()
  const { value, isStale, failure } = models.use((state) => state)
  const queue = pulls.useValue() ?? []
  const isServing = value !== null && value.state !== 'no-server'
  const installed = value?.installed ?? []
  return (
    <Page
      title={t('frame.screens.models')}
      sentence={value ? <Sentence models={value} /> : null}
      actions={
        <PullBox installedNames={new Set(installed.map(({ name }) => name))} pulls={queue} isServing={isServing} />
      }
    >
      <div className={classes.layout}>
        <div className={classes.main}>
          {value ? (
            <Installed state={value} isStale={isStale} />
          ) : failure ? (
            <FailureNotice
              failure={failure}
              actions={
                <Button variant="default" onClick={models.retry}>
                  {t('frame.retry')}
                </Button>
              }
            />
          ) : (
            <Waiting sentence={t('frame.connecting')} heights={[320]} />
          )}
        </div>
        <PullsCard
          modelBytes={
            value?.state === 'ready' ? installed.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0) : null
          }
          isServing={isServing}
        />
      </div>
    </Page>
  )
}

function Installed({ state, isStale }: { state: Models; isStale: boolean }) {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const [, route] = useRoute('/models/:name')
  const [asked, setAsked] = useState<string | null>(null)
  const queue = pulls.useValue() ?? []
  const rows: ModelRow[] = state.installed.map((model) => ({
    ...model,
    held: state.loaded.find(({ name }) => name === model.name) ?? null,
    isGone: state.gone.includes(model.name),
    doing: state.busy.findLast((work) => work.model.name === model.name)?.doing ?? null,
  }))
  const openName = route?.name ? decodeURIComponent(route.name) : null
  // What else there is to know of a model only its server tells.
  const open = (state.state !== 'no-server' && rows.find(({ name }) => name === openName)) || null
  const toRemove = rows.find(({ name }) => name === asked) ?? null
  const goTo = (name: string | null) => navigate(name === null ? '/models' : `/models/${encodeURIComponent(name)}`)

  const hasServer = state.state !== 'no-server'
  if (!hasServer && rows.length === 0) return <NoServer hasLast={false} />
  if (rows.length === 0) {
    if (state.state === 'ready') return <SuggestedCard pulls={queue} />
    if (state.failure) return <FailureNotice failure={state.failure} />
    return <Waiting sentence={t('models.waiting')} heights={[320]} />
  }
  return (
    <>
      {state.state === 'failed' && state.failure ? (
        <FailureNotice failure={state.failure} actions={<ReadAt atMs={state.readAtMs} />} />
      ) : null}
      {hasServer ? null : <NoServer hasLast />}
      <div className={classes.list} data-has-details={open !== null || undefined}>
        <Card isFlush isDimmed={isStale || state.state !== 'ready'}>
          <ModelsTable
            rows={rows}
            openName={openName}
            onOpen={goTo}
            onRemove={(row) => setAsked(row.name)}
            hasServer={hasServer}
          />
        </Card>
      </div>
      {open ? (
        <DetailsPanel
          key={open.name}
          row={open}
          usesCards={state.usesCards}
          onClose={() => goTo(null)}
          onRemove={() => setAsked(open.name)}
        />
      ) : null}
      {toRemove ? <RemoveQuestion row={toRemove} rows={rows} onClose={() => setAsked(null)} /> : null}
    </>
  )
}

/** How old what is shown is, while the server gives nothing newer. */
function ReadAt({ atMs }: { atMs: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1000)
  return atMs === null ? null : <span>{t('models.readAt', { age: format.duration(now - atMs) })}</span>
}
