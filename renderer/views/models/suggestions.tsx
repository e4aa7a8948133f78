import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { suggestedAt, suggestedModels } from '../../../shared/ollama/suggested-models'
import { Card } from '../../components/card'
import { formatSize } from '../../format/sizes'
import { addPull, pulls } from '../../stores/pulls'
import { useAction } from '../../stores/use-action'
import classes from './suggestions.module.css'

/** No model yet: a few to begin with, each one button away. */
export function Suggestions() {
  const { t } = useTranslation()
  return (
    <Card title={t('models.suggestions.title')} aside={t('models.suggestions.listed', { date: suggestedAt })}>
      <p className={classes.sentence}>{t('models.suggestions.sentence')}</p>
      <ul className={classes.list}>
        {suggestedModels.map((model) => (
          <Suggestion key={model.name} {...model} />
        ))}
      </ul>
    </Card>
  )
}

function Suggestion({ name, sizeBytes, parameters }: { name: string; sizeBytes: number; parameters: string }) {
  const { t } = useTranslation()
  const pull = useAction(() => addPull(name))
  const isQueued = (pulls.useValue() ?? []).some(({ model }) => model === name)
  return (
    <li className={classes.item}>
      <strong>{name}</strong>
      <span className={classes.muted}>{parameters}</span>
      <span className={classes.muted}>{formatSize(sizeBytes)}</span>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconDownload size={14} />}
        disabled={isQueued}
        loading={pull.isRunning}
        aria-label={t('models.suggestions.pull', { name })}
        onClick={() => void pull.run()}
      >
        {t(isQueued ? 'models.suggestions.queued' : 'models.pull.button')}
      </Button>
    </li>
  )
}
