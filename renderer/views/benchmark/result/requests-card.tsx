import { Button, Checkbox } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BenchRun } from '../../../../shared/contract/bench'
import { Card } from '../../../components/card'
import { FailureNotice } from '../../../components/failure-notice'
import { Waiting } from '../../../components/waiting'
import { useRunRequests } from '../../../stores/bench'
import { RequestTable } from './request-table'

type Props = { run: BenchRun; isOpen: boolean; onOpen: () => void }

/** Every request of the run, fetched when somebody wants to see them. */
export function RequestsCard({ run, isOpen, onOpen }: Props) {
  const { t } = useTranslation()
  if (!isOpen) {
    return (
      <Card title={t('benchmark.requests.title')} aside={t('benchmark.requests.hint')}>
        <Button variant="default" onClick={onOpen}>
          {t('benchmark.requests.show', { count: run.requestCount })}
        </Button>
      </Card>
    )
  }
  return <Requests run={run} />
}

function Requests({ run }: { run: BenchRun }) {
  const { t } = useTranslation()
  const { value, failure } = useRunRequests(run.id)
  const [failedOnly, setFailedOnly] = useState(false)
  if (failure) return <FailureNotice failure={failure} />
  if (!value) return <Waiting sentence={t('benchmark.result.reading')} heights={[240]} />
  const shown = failedOnly ? value.filter((request) => request.outcome !== 'ok') : value
  return (
    <Card
      title={t('benchmark.requests.title')}
      aside={
        <Checkbox
          size="xs"
          label={t('benchmark.requests.failedOnly')}
          checked={failedOnly}
          onChange={(event) => setFailedOnly(event.currentTarget.checked)}
        />
      }
      isFlush
    >
      <RequestTable requests={shown} stages={run.stages} />
    </Card>
  )
}
