import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { HostDescription } from '../../../../shared/contract/host'
import type { ServerOwner } from '../../../../shared/contract/server'
import { Notice } from '../../../components/notice'
import { useHostDescription } from '../../../stores/host'
import { logSummary } from '../../../stores/server-log'
import frame from '../tab.module.css'

type Props = { owner: ServerOwner; onShowOwn: () => void }

/** The log of a server that Corral did not start cannot be read here: where it likely is. */
export function LogElsewhere({ owner, onShowOwn }: Props) {
  const { t } = useTranslation()
  const platform = useHostDescription()?.platform ?? 'other'
  const hasOwn = (logSummary.useValue()?.lineCount ?? 0) > 0
  const place = placeOf(owner, platform)
  return (
    <div className={frame.tab}>
      <Notice
        tone="info"
        title={t('server.log.elsewhere.title')}
        actions={
          hasOwn ? (
            <Button variant="default" onClick={onShowOwn}>
              {t('server.log.elsewhere.own')}
            </Button>
          ) : null
        }
      >
        {t(place ? 'server.log.elsewhere.likely' : 'server.log.elsewhere.terminal')}{' '}
        {place ? <code>{place}</code> : null}
      </Notice>
    </div>
  )
}

/** The command or the file by which its log is read; null where whoever started it decided that. */
function placeOf(owner: ServerOwner, platform: HostDescription['platform']): string | null {
  if (owner === 'docker') return 'docker logs ollama'
  if (platform === 'darwin') return '~/.ollama/logs/server.log'
  if (platform === 'win32') return '%LOCALAPPDATA%\\Ollama\\server.log'
  return platform === 'linux' ? 'journalctl -u ollama' : null
}
