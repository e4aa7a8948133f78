import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { Server } from '../../../shared/contract/server'
import { serverPowers } from '../../../shared/ollama/server-powers'
import { useAction } from '../../actions/use-action'
import { BusyButton } from '../../components/busy-button'
import { takeFreePort } from '../../stores/server-settings'
import { ChecklistRow } from './checklist-row'

/** Step 2: whether the port can be had. */
export function PortRow({ server, isCurrent }: { server: Server; isCurrent: boolean }) {
  const { t } = useTranslation()
  const move = useAction(takeFreePort)
  const { port, host } = server
  const change = (
    <Button component={Link} href="/server/settings/port" variant="subtle" color="gray" size="compact-sm">
      {t('overview.port.change')}
    </Button>
  )
  if (server.state === 'foreign') {
    const { freePort, occupant } = server
    return (
      <ChecklistRow
        number={2}
        state={isCurrent ? 'current' : 'caution'}
        title={t('overview.port.taken', { port })}
        note={occupant.name ? t('overview.port.by', { name: occupant.name, pid: occupant.pid ?? '?' }) : null}
        sentence={t('overview.port.takenSentence')}
        aside={change}
      >
        {freePort === null ? null : (
          <BusyButton isBusy={move.isRunning} onClick={() => void move.run(freePort)}>
            {t('overview.port.use', { port: freePort })}
          </BusyButton>
        )}
      </ChecklistRow>
    )
  }
  const { runs } = serverPowers(server)
  const isLoopback = host === '127.0.0.1' || host === 'localhost' || host === '::1'
  return (
    <ChecklistRow
      number={2}
      state="done"
      title={runs ? t('overview.port.answers', { port }) : t('overview.port.free', { port })}
      note={t('overview.port.on', { host })}
      sentence={isLoopback ? t('overview.port.loopback') : t('overview.port.open')}
      aside={change}
    />
  )
}
