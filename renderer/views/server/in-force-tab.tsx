import { Button, CopyButton, Switch } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy, IconInfoCircle, IconMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import type { InForce } from '../../../shared/contract/server-settings'
import { runningServer, serverPowers } from '../../../shared/ollama/server-powers'
import { Empty } from '../../components/empty'
import { Table } from '../../components/table/table'
import { unknown } from '../../format/numbers'
import { formatClock } from '../../format/times'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import { inForce, serverSettings } from '../../stores/server-settings'
import classes from './in-force-tab.module.css'
import frame from './tab.module.css'

/** Asked beside in force, with the reason for each difference and how it is known. */
export function InForceTab({ server }: { server: Server }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1000)
  const [onlyDiffering, setOnlyDiffering] = useState(false)
  const { value, receivedAtMs } = inForce.use((state) => state)
  const environment = serverSettings.useValue()?.environment ?? []
  const rows = (value ?? []).filter(({ differs }) => differs || !onlyDiffering)
  const { runs } = serverPowers(server)
  const startedAtMs = runningServer(server)?.startedAtMs ?? null
  const shell = `${environment.map(({ name, value: text }) => `${name}='${text}'`).join(' ')} ollama serve`
  return (
    <div className={frame.tab}>
      <div className={frame.tools}>
        <Switch
          size="sm"
          label={t('server.inForce.onlyDiffering')}
          checked={onlyDiffering}
          onChange={(event) => setOnlyDiffering(event.currentTarget.checked)}
        />
        <CopyButton value={shell}>
          {({ copied, copy }) => (
            <Button variant="default" size="compact-md" leftSection={<IconCopy size={14} />} onClick={copy}>
              {copied ? t('frame.copied') : t('server.inForce.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      {!runs || rows.length === 0 ? (
        <div className={classes.card}>
          <Empty sentence={t(runs ? 'server.inForce.allSame' : 'server.inForce.notRunning')} />
        </div>
      ) : (
        <div className={classes.card}>
          <Table
            className={classes.table}
            columns={[
              { id: 'variable', head: t('server.inForce.variable'), className: classes.variable },
              { id: 'asked', head: t('server.columns.asked'), className: classes.asked },
              { id: 'used', head: t('server.inForce.used'), className: classes.used },
              { id: 'why', head: t('server.inForce.why') },
            ]}
          >
            <tbody>
              {rows.map((row) => (
                <Line key={row.variable} row={row} />
              ))}
            </tbody>
          </Table>
        </div>
      )}
      {runs && receivedAtMs !== null ? (
        <p className={classes.foot}>
          {format.sentences([
            startedAtMs === null
              ? t('server.inForce.footAdopted')
              : t('server.inForce.foot', { at: formatClock(startedAtMs) }),
            t('server.inForce.read', { age: format.duration(Math.max(0, now - receivedAtMs)) }),
          ])}
        </p>
      ) : null}
    </div>
  )
}

function Line({ row }: { row: InForce }) {
  const { t } = useTranslation()
  const Icon = row.differs
    ? IconAlertTriangle
    : row.reason
      ? IconInfoCircle
      : row.inForce === null
        ? IconMinus
        : IconCheck
  const how = t(`server.evidence.${row.evidence}`, {
    at: row.evidenceAtMs === null ? '' : formatClock(row.evidenceAtMs),
    model: row.model ?? '',
  })
  return (
    <tr data-differs={row.differs || undefined}>
      <td data-mono>{row.variable}</td>
      <td data-mono>{row.asked ?? <span data-muted>{t('server.inForce.notSet')}</span>}</td>
      <td>
        <span className={classes.value}>
          <Icon
            size={14}
            stroke={1.8}
            aria-label={t(row.differs || row.reason ? 'server.inForce.differs' : 'server.inForce.same')}
          />
          <span data-mono title={row.inForce ?? undefined}>
            {row.inForce ?? unknown}
          </span>
        </span>
      </td>
      <td>
        {row.differs || row.reason ? <div>{t(`server.reasons.${row.reason ?? 'other'}`)}</div> : null}
        <span data-muted>{how}</span>
      </td>
    </tr>
  )
}
