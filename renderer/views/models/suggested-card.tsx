import { IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { ownModel } from '../../../shared/backends/own'
import type { Pull } from '../../../shared/contract/pulls'
import { type SuggestedModel, suggestedAt, suggestedModels } from '../../../shared/ollama/suggested-models'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { LongName } from '../../components/long-name/long-name'
import { Table } from '../../components/table/table'
import { formatSize } from '../../format/sizes'
import { addPull } from '../../stores/pulls'
import classes from './suggested-card.module.css'

/** Nothing is installed: models to begin with. */
export function SuggestedCard({ pulls }: { pulls: readonly Pull[] }) {
  const { t } = useTranslation()
  return (
    <Card title={t('models.suggested.title')} isFlush>
      <p className={classes.sentence}>{t('models.suggested.sentence', { date: suggestedAt })}</p>
      <Table
        className={classes.table}
        columns={[
          { id: 'name', head: t('models.columns.name') },
          { id: 'parameters', head: t('models.columns.parameters'), isNumber: true },
          { id: 'size', head: t('models.suggested.size'), isNumber: true },
          { id: 'menu', head: t('models.columns.menu'), isUnseen: true },
        ]}
      >
        <tbody>
          {suggestedModels.map((model) => (
            <Row key={model.name} model={model} pull={pulls.find((pull) => pull.model.name === model.name)} />
          ))}
        </tbody>
      </Table>
    </Card>
  )
}

function Row({ model, pull }: { model: SuggestedModel; pull: Pull | undefined }) {
  const { t } = useTranslation()
  const add = useAction(() => addPull(ownModel(model.name)))
  return (
    <tr>
      <td>
        <LongName className={classes.name}>{model.name}</LongName>
        {model.isRecommended ? <Chip tone="accent">{t('models.suggested.recommended')}</Chip> : null}
      </td>
      <td data-number>{model.parameters}</td>
      <td data-number>{formatSize(model.sizeBytes)}</td>
      <td data-number>
        <BusyButton
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} />}
          aria-label={t('models.suggested.pull', { model: model.name })}
          disabled={pull !== undefined && pull.state !== 'done'}
          isBusy={add.isRunning}
          onClick={() => void add.run()}
        >
          {t('models.suggested.button')}
        </BusyButton>
      </td>
    </tr>
  )
}
