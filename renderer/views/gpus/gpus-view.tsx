import { Button, SegmentedControl } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { FailureNotice } from '../../components/failure-notice'
import { Page } from '../../components/page'
import { Waiting } from '../../components/waiting'
import { gpuHistory, gpus } from '../../stores/gpus'
import { CardsAndCharts } from './cards-and-charts'
import { GpusSentence } from './gpus-sentence'
import { NoGpus } from './no-gpus'
import { saveHistory } from './save-history'
import { StaleNotice } from './stale-notice'

const stretches = [5, 15, 60] as const
type Minutes = (typeof stretches)[number]

/** The cards as they are, and where they have been. */
export default function GpusView() {
  const { t } = useTranslation()
  const { value, failure, isStale, receivedAtMs } = gpus.use((state) => state)
  const [minutes, setMinutes] = useState<Minutes>(15)
  const hasCards = value !== null && value.cards.length + value.unreachable.length > 0
  return (
    <Page
      title={t('frame.screens.gpus')}
      sentence={value ? <GpusSentence gpus={value} /> : null}
      actions={
        hasCards ? (
          <>
            <SegmentedControl
              aria-label={t('gpus.stretch')}
              size="sm"
              value={String(minutes)}
              data={stretches.map((count) => ({ value: String(count), label: t('gpus.minutes', { count }) }))}
              onChange={(choice) => setMinutes(Number(choice) as Minutes)}
            />
            <Button
              variant="default"
              leftSection={<IconDownload size={16} />}
              onClick={() => saveHistory(gpuHistory[minutes].store.getState().value, value.cards, minutes)}
            >
              {t('gpus.save')}
            </Button>
          </>
        ) : null
      }
    >
      {failure && !value ? <FailureNotice failure={failure} /> : null}
      {!value && !failure ? <Waiting sentence={t('gpus.waiting')} heights={[146, 194, 194]} /> : null}
      {value && failure ? <StaleNotice receivedAtMs={receivedAtMs} /> : null}
      {value?.state === 'probing' && !hasCards ? (
        <Waiting sentence={t('gpus.waiting')} heights={[146, 194, 194]} />
      ) : null}
      {value?.state === 'absent' || value?.state === 'failed' ? <NoGpus gpus={value} /> : null}
      {value && hasCards ? <CardsAndCharts key={minutes} gpus={value} minutes={minutes} isDimmed={isStale} /> : null}
    </Page>
  )
}
