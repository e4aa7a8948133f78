import { ActionIcon, Menu } from '@mantine/core'
import { IconArrowBarToDown, IconCopy, IconDots, IconDownload, IconPlayerEject, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { showDone } from '../../actions/notify'
import type { ModelRow } from './list/sort-models'
import { useModelActions } from './use-model-actions'

type Props = { row: ModelRow; onRemove: () => void; isReachable?: boolean; hasServer?: boolean }

/** Everything that can be done to a model; what deletes stands apart at the end. */
export function ModelMenu({ row, onRemove, isReachable = true, hasServer = true }: Props) {
  const { t } = useTranslation()
  const { load, unload, pull } = useModelActions(row.name)
  const copy = async () => {
    await navigator.clipboard.writeText(row.name)
    showDone(t('models.menu.copied', { model: row.name }))
  }
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 100 }} withinPortal>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={28}
          tabIndex={isReachable ? 0 : -1}
          aria-label={t('models.menu.label', { model: row.name })}
        >
          <IconDots size={16} stroke={1.8} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {row.held ? (
          <Menu.Item
            leftSection={<IconPlayerEject size={15} />}
            disabled={!hasServer || row.doing !== null}
            onClick={() => void unload.run()}
          >
            {t('models.menu.unload')}
          </Menu.Item>
        ) : (
          <Menu.Item
            leftSection={<IconArrowBarToDown size={15} />}
            disabled={!hasServer || row.doing !== null}
            onClick={() => void load.run()}
          >
            {t('models.menu.load')}
          </Menu.Item>
        )}
        <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => void pull.run()}>
          {t('models.menu.pull')}
        </Menu.Item>
        <Menu.Item leftSection={<IconCopy size={15} />} onClick={() => void copy()}>
          {t('models.menu.copy')}
        </Menu.Item>
        <Menu.Divider />
        <Menu.Item color="red" disabled={!hasServer} leftSection={<IconTrash size={15} />} onClick={onRemove}>
          {t('models.menu.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
