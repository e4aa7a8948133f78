import { Switch } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconCopy, IconDownload } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LogLevel } from '../../../../shared/contract/server-log'
import { saveFile } from '../../../actions/save-file'
import { useAction } from '../../../actions/use-action'
import { BusyButton } from '../../../components/busy-button'
import { filterOf, readLogText } from '../../../stores/server-log'
import frame from '../tab.module.css'

type Props = { level: LogLevel | null; follows: boolean; onFollow: (follows: boolean) => void }

/** What can be done with the lines of a level, or all: follow the end, copy, save. */
export function LogTools({ level, follows, onFollow }: Props) {
  const { t } = useTranslation()
  const clipboard = useClipboard()
  const save = useAction(async () => {
    const stamp = new Date().toISOString().slice(0, 16).replace(':', '')
    saveFile(`ollama-${stamp}.log`, await readLogText(filterOf(level)), 'text/plain')
  })
  const copy = useAction(async () => clipboard.copy(await readLogText(filterOf(level))))
  return (
    <div className={frame.tools}>
      <Switch
        size="sm"
        label={t('server.log.follow')}
        checked={follows}
        onChange={(event) => onFollow(event.currentTarget.checked)}
      />
      <BusyButton
        variant="default"
        size="compact-sm"
        leftSection={<IconCopy size={14} />}
        isBusy={copy.isRunning}
        onClick={() => void copy.run()}
      >
        {clipboard.copied ? t('frame.copied') : t('frame.copy')}
      </BusyButton>
      <BusyButton
        variant="default"
        size="compact-sm"
        leftSection={<IconDownload size={14} />}
        isBusy={save.isRunning}
        onClick={() => void save.run()}
      >
        {t('server.log.save')}
      </BusyButton>
    </div>
  )
}
