import { Button, Group, Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { BusyButton } from '../../components/busy-button'
import { formatSize } from '../../format/sizes'
import { useFormat } from '../../format/use-format'
import type { ModelRow } from './list/sort-models'
import classes from './remove-question.module.css'
import { useModelActions } from './use-model-actions'

type Props = { row: ModelRow; rows: readonly ModelRow[]; onClose: () => void }

/** Asks once, naming the model and what it frees. */
export function RemoveQuestion({ row, rows, onClose }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const { remove } = useModelActions(row.name)
  const twin = rows.find(({ digest, name }) => digest !== '' && digest === row.digest && name !== row.name)
  const size = formatSize(row.sizeBytes)
  return (
    <Modal
      opened
      onClose={onClose}
      title={
        row.sizeBytes === null
          ? t('models.remove.titlePlain', { model: row.name })
          : t('models.remove.title', { model: row.name, size })
      }
      centered
      closeButtonProps={{ 'aria-label': t('models.close') }}
    >
      <p className={classes.consequences}>
        {format.sentences([
          twin
            ? t('models.remove.twin', { model: twin.name })
            : row.sizeBytes !== null && t('models.remove.frees', { size }),
          row.held ? t('models.remove.unloads') : null,
          t('models.remove.again'),
        ])}
      </p>
      <Group justify="flex-end" mt="lg" gap="xs">
        <Button variant="default" onClick={onClose} data-autofocus>
          {t('frame.cancel')}
        </Button>
        <BusyButton
          color="red"
          isBusy={remove.isRunning}
          onClick={async () => {
            await remove.run()
            onClose()
          }}
        >
          {t('models.remove.yes')}
        </BusyButton>
      </Group>
    </Modal>
  )
}
