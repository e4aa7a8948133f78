import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import type { InForce } from '../../../shared/contract/server-settings'
import { runningServer } from '../../../shared/ollama/server-powers'
import { Card } from '../../components/card'
import { Figure } from '../../components/figure'
import { formatCount, unknown } from '../../format/numbers'
import { models } from '../../stores/models'
import { useRequestsInFlight } from '../../stores/requests'
import { inForce } from '../../stores/server-settings'
import classes from './server-card.module.css'
import { TitleLink } from './title-link'

/** The four figures of the server that matter to whoever uses it, as they are in force. */
export function ServerCard({ server }: { server: Server }) {
  const { t } = useTranslation()
  const rows = inForce.useValue() ?? []
  const loaded = models.useValue()?.loaded ?? []
  const inFlight = useRequestsInFlight()
  const running = runningServer(server)
  const value = (variable: string) => inForceValue(rows, variable)
  const context = value('OLLAMA_CONTEXT_LENGTH')
  const allowed = value('OLLAMA_MAX_LOADED_MODELS')
  return (
    <Card
      title={<TitleLink href="/server">{t('frame.screens.server')}</TitleLink>}
      aside={t(`overview.server.owner.${running?.owner ?? 'none'}`, { pid: running?.pid ?? unknown })}
    >
      <div className={classes.figures}>
        <Figure
          label={t('overview.server.parallel')}
          value={value('OLLAMA_NUM_PARALLEL') ?? unknown}
          unit={t('overview.server.inForce')}
        />
        <Figure
          label={t('overview.server.context')}
          value={context ? formatCount(Number(context)) : unknown}
          unit={t('overview.server.tokens')}
        />
        <Figure
          label={t('overview.server.loaded')}
          value={loaded.length}
          unit={allowed ? t('overview.server.allowed', { count: Number(allowed) }) : undefined}
        />
        {inFlight === null ? null : (
          <Figure
            label={t('overview.server.inFlight')}
            value={formatCount(inFlight)}
            unit={t('overview.server.byCorral')}
          />
        )}
      </div>
    </Card>
  )
}

const inForceValue = (rows: readonly InForce[], variable: string) =>
  rows.find((row) => row.variable === variable)?.inForce ?? null
