import { Button, Group, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useStore } from 'zustand'
import { useFormat } from '../format/use-format'
import { endQuestion } from '../stores/server'
import classes from './end-question.module.css'

/** Asks before the server is ended while something is under way, and names it. */
export function EndQuestion() {
  const { t } = useTranslation()
  const format = useFormat()
  const asked = useStore(endQuestion, (state) => state.asked)
  if (!asked) return null
  const { ending, underWay, answer } = asked
  const { run, answerCount, pulls, otherRequestCount } = underWay
  const lines = [
    run === null ? null : t('frame.end.run', { model: run }),
    answerCount === 0 ? null : t('frame.end.answers', { count: answerCount }),
    pulls.length === 0 ? null : t(`frame.end.pulls.${ending}`, { models: format.list(pulls) }),
    otherRequestCount ? t('frame.end.others', { count: otherRequestCount }) : null,
  ].filter((line) => line !== null)
  return (
    <Modal opened onClose={() => answer(false)} title={t(`frame.end.title.${ending}`)} centered withCloseButton={false}>
      <ul className={classes.list}>
        {lines.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={() => answer(false)} data-autofocus>
          {t('frame.cancel')}
        </Button>
        <Button color="red" onClick={() => answer(true)}>
          {t(`frame.end.yes.${ending}`)}
        </Button>
      </Group>
    </Modal>
  )
}
