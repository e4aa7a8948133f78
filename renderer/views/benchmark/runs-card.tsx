import { ActionIcon, Menu } from '@mantine/core'
import { IconDots, IconDownload, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { Link, useLocation } from 'wouter'
import type { BenchRunSummary } from '../../../shared/contract/bench'
import { useAction } from '../../actions/use-action'
import { Card } from '../../components/card'
import { Empty } from '../../components/empty'
import { LongName } from '../../components/long-name/long-name'
import { Table } from '../../components/table/table'
import { formatCount, formatMeasure } from '../../format/numbers'
import { formatLatency } from '../../format/times'
import { useFormat } from '../../format/use-format'
import { headlineOf } from '../../parts/run-headline'
import { RunState } from '../../parts/run-state'
import { downloadRun } from '../../stores/bench'
import classes from './runs.module.css'
import { SimulatedChip } from './simulated-chip'
import { useRemoveRun } from './use-remove-run'

type Props = { runs: readonly BenchRunSummary[]; isDimmed?: boolean }

/** What was measured before: open, export, delete. */
export function RunsCard({ runs, isDimmed = false }: Props) {
  const { t } = useTranslation()
  if (runs.length === 0) {
    return (
      <Card title={t('benchmark.runs.title')}>
        <Empty sentence={t('benchmark.runs.empty')} />
      </Card>
    )
  }
  return (
    <Card
      title={t('benchmark.runs.title')}
      aside={t('benchmark.runs.count', { count: runs.length })}
      isFlush
      isDimmed={isDimmed}
    >
      <div className={classes.scroll}>
        <Table
          className={classes.table}
          columns={[
            { id: 'when', head: t('benchmark.runs.when') },
            { id: 'model', head: t('benchmark.plan.model') },
            { id: 'steps', head: t('benchmark.plan.steps'), drop: 2 },
            { id: 'length', head: t('benchmark.runs.length'), isNumber: true, drop: 1 },
            { id: 'best', head: t('benchmark.runs.best'), isNumber: true },
            { id: 'first', head: t('benchmark.runs.first'), isNumber: true, drop: 4 },
            { id: 'requests', head: t('benchmark.runs.requests'), isNumber: true, drop: 0 },
            { id: 'state', head: t('benchmark.runs.state'), drop: 5 },
            { id: 'actions', head: t('benchmark.runs.actions'), isUnseen: true },
          ]}
        >
          <tbody>
            {runs.map((run) => (
              <Row key={run.id} run={run} />
            ))}
          </tbody>
        </Table>
      </div>
    </Card>
  )
}

function Row({ run }: { run: BenchRunSummary }) {
  const { t } = useTranslation()
  const format = useFormat()
  const [, navigate] = useLocation()
  const headline = headlineOf(run.curve)
  const address = `/benchmark/${run.id}`
  return (
    // The row is a larger target for the link in it, which the keyboard uses.
    <tr onClick={() => navigate(address)} data-opens>
      <td>
        <Link href={address} onClick={(event) => event.stopPropagation()}>
          {format.moment(run.startedAtMs)}
        </Link>
      </td>
      <td className={classes.model}>
        <span className={classes.named}>
          <LongName>{run.plan.model.name}</LongName> <SimulatedChip isSimulated={run.isSimulated} />
        </span>
      </td>
      <td data-drop={2}>{run.plan.concurrency.join(', ')}</td>
      <td data-number data-drop={1}>
        {formatCount(run.plan.promptTokens)}/{formatCount(run.plan.answerTokens)}
      </td>
      <td data-number>
        {formatMeasure(headline?.rate?.value ?? null)}{' '}
        {headline ? <span className={classes.kind}>{t(`benchmark.runs.kinds.${headline.kind}`)}</span> : null}
      </td>
      <td data-number data-drop={4}>
        {formatLatency(headline?.ttft?.value ?? null)}
      </td>
      <td data-number data-drop={0}>
        {formatCount(run.requestCount)}
      </td>
      <td data-drop={5}>
        <RunState run={run} />
      </td>
      <td
        className={classes.actions}
        onClick={(event) => event.stopPropagation()}
        onKeyDown={(event) => event.stopPropagation()}
      >
        {run.state === 'running' ? null : (
          <RunMenu run={run} label={t('benchmark.runs.menu', { time: format.moment(run.startedAtMs) })} />
        )}
      </td>
    </tr>
  )
}

function RunMenu({ run, label }: { run: BenchRunSummary; label: string }) {
  const { t } = useTranslation()
  const download = useAction(downloadRun)
  const remove = useRemoveRun()
  return (
    <Menu position="bottom-end" transitionProps={{ duration: 100 }}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" aria-label={label}>
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconDownload size={15} />} onClick={() => void download.run(run.id)}>
          {t('benchmark.result.export')}
        </Menu.Item>
        <Menu.Item leftSection={<IconTrash size={15} />} color="red" onClick={() => void remove(run)}>
          {t('benchmark.result.remove')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
