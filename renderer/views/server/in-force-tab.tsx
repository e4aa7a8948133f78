import { Button, CopyButton, Switch } from '@mantine/core'
import { IconAlertTriangle, IconCheck, IconCopy, IconInfoCircle, IconMinus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Server } from '../../../shared/contract/server'
import type { InForce } from '../../../shared/contract/server-settings'
import { runningServer, serverPowers } from '../../../shared/ollama/server-powers'
import { settings } from '../../../shared/ollama/settings'
import { shortDuration } from '../../../shared/ollama/value-reading'
import { Empty } from '../../components/empty'
import { Table } from '../../components/table/table'
import { unknown } from '../../format/numbers'
import { formatClock } from '../../format/times'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import { inForce, serverSettings } from '../../stores/server-settings'
import classes from './in-force-tab.module.css'
import { useReasonText } from './reason-text'
import frame from './tab.module.css'

/** Asked beside in force, with the reason for each difference and how it is known. */
export function InForceTab({ server }: { server: Server }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1000)
  const [onlyDiffering, setOnlyDiffering] = useState(false)
  const { value, receivedAtMs } = inForce.use((state) => state)
  const extra = serverSettings.useValue()?.applied?.extra ?? []
  const rows = (value ?? []).filter(({ differs }) => differs || !onlyDiffering)
  const { runs } = serverPowers(server)
  const startedAtMs = runningServer(server)?.startedAtMs ?? null
  const shell = shellOf(value ?? [], extra)
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

/** The running server's own start: what it was given, without what holds by itself. */
function shellOf(rows: readonly InForce[], extra: readonly { name: string; value: string }[]): string {
  const set = rows.flatMap(({ variable, asked }) => (asked === null ? [] : [{ name: variable, value: asked }]))
  const others = extra.filter(({ name }) => !set.some((one) => one.name === name))
  const words = [...set, ...others].map(({ name, value }) => `${name}='${value.replaceAll("'", `'\\''`)}'`)
  return [...words, 'ollama serve'].join(' ')
}

const isDuration = (name: string) => settings.some(({ variable, kind }) => variable === name && kind === 'duration')

const looks = {
  differs: { icon: IconAlertTriangle, label: 'server.inForce.differs' },
  explained: { icon: IconInfoCircle, label: 'server.inForce.explained' },
  unknown: { icon: IconMinus, label: 'server.inForce.notKnown' },
  same: { icon: IconCheck, label: 'server.inForce.same' },
  default: { icon: IconCheck, label: 'server.default' },
} as const

const lookOf = ({ differs, reason, inForce: used, asked }: InForce) =>
  differs ? 'differs' : reason ? 'explained' : used === null ? 'unknown' : asked === null ? 'default' : 'same'

function Line({ row }: { row: InForce }) {
  const { t } = useTranslation()
  const reason = useReasonText()(row)
  const look = lookOf(row)
  const { icon: Icon, label } = looks[look]
  const say = (value: string) => (isDuration(row.variable) ? shortDuration(value) : value)
  const how = t(`server.evidence.${row.evidence}`, {
    at: row.evidenceAtMs === null ? '' : formatClock(row.evidenceAtMs),
    model: row.model ?? '',
  })
  return (
    <tr data-differs={row.differs || undefined}>
      <td data-mono>{row.variable}</td>
      <td data-mono data-head={t('server.columns.asked')}>
        {row.asked === null ? <span data-muted>{t('server.inForce.notSet')}</span> : say(row.asked)}
      </td>
      <td data-head={t('server.inForce.used')}>
        <span className={classes.value}>
          <Icon size={14} stroke={1.8} aria-label={t(label)} data-look={look} />
          <span data-mono title={row.inForce ?? undefined}>
            {row.inForce === null ? unknown : say(row.inForce)}
          </span>
        </span>
      </td>
      <td>
        <div>
          {reason === null ? null : <div>{reason}</div>}
          <span data-muted>{how}</span>
        </div>
      </td>
    </tr>
  )
}
