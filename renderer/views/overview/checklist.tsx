import { Button } from '@mantine/core'
import { useCallback, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import { answersQuestions } from '../../../shared/ollama/answers-questions'
import { serverPowers } from '../../../shared/ollama/server-powers'
import { useAction } from '../../actions/use-action'
import { Page } from '../../components/page'
import { useChatList } from '../../stores/chats'
import { gpus } from '../../stores/gpus'
import { models } from '../../stores/models'
import { changeSettings } from '../../stores/settings'
import classes from './checklist.module.css'
import { FirstModelRow } from './first-model-row'
import { FirstTokenRow } from './first-token-row'
import { GpuRow } from './gpu-row'
import { MachineCard } from './machine-card'
import { NeedsYouCard } from './needs-you-card'
import { OllamaRow } from './ollama-row'
import { PlacesCard } from './places-card'
import { PortRow } from './port-row'

const steps = [0, 1, 2, 3, 4, 5] as const

/** The first run: five rows that each do something, the next one open. */
export function Checklist({ server }: { server: Server }) {
  const { t } = useTranslation()
  const cards = gpus.useValue()
  const seen = models.useValue()
  const installed = seen?.installed ?? []
  const loaded = seen?.loaded ?? []
  const skip = useAction(() => changeSettings({ isChecklistDone: true }))

  const [hasJustAnswered, setAnswered] = useState(false)
  // Asked here or in the playground, now or before this screen was left.
  const chats = useChatList().value ?? []
  const hasAnswered = hasJustAnswered || chats.length > 0
  const answered = useCallback(() => setAnswered(true), [])

  const { answers } = serverPowers(server)
  const done = [
    cards !== null && cards.state !== 'probing',
    server.state !== 'foreign' && server.state !== 'looking',
    answers,
    answers && installed.length > 0,
    hasAnswered,
  ]
  const missing = done.indexOf(false)
  const current = missing < 0 ? done.length : missing
  const doneCount = done.filter(Boolean).length
  return (
    <Page
      title={t('frame.screens.overview')}
      sentence={t('overview.checklist.sentence', {
        done: doneCount,
        next: t(`overview.checklist.steps.${steps[current] ?? 5}`),
      })}
      actions={
        missing < 0 ? null : (
          <Button variant="default" onClick={() => void skip.run()}>
            {t('overview.checklist.skip')}
          </Button>
        )
      }
    >
      <div className={classes.grid}>
        <ol className={classes.rows}>
          <GpuRow gpus={cards} />
          <PortRow server={server} isCurrent={current === 1} />
          <OllamaRow server={server} isCurrent={current === 2} />
          <FirstModelRow isServing={answers} installed={installed} isCurrent={current === 3} />
          <FirstTokenRow
            models={answers ? installed.filter(answersQuestions) : []}
            loaded={loaded}
            isCurrent={current >= 4}
            hasAnswered={hasAnswered}
            onDone={answered}
          />
        </ol>
        <div className={classes.side}>
          {/* The first run is over, but nobody has left it: what goes wrong now is told here too. */}
          {hasAnswered ? <NeedsYouCard isLeftOutWhenEmpty /> : null}
          <MachineCard />
          <PlacesCard server={server} />
        </div>
      </div>
    </Page>
  )
}
