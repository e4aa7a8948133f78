import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BenchRequestRow } from '../../../../shared/contract/bench'
import type { BenchStage } from '../../../../shared/measure/result'
import { decodeRate, serverWait } from '../../../../shared/measure/stage'
import { type Order, turned } from '../../../components/table/order'
import { Table } from '../../../components/table/table'
import { formatCount, formatMeasure, unknown } from '../../../format/numbers'
import { formatLatency } from '../../../format/times'
import classes from './request-table.module.css'
import { sortRequests } from './sort-requests'

const rowHeight = 32

const columns = [
  { id: 'number', value: (request: BenchRequestRow) => request.number },
  { id: 'stage', value: (request: BenchRequestRow) => request.stage },
  { id: 'slot', value: (request: BenchRequestRow) => request.slot },
  { id: 'outcome', value: (request: BenchRequestRow) => request.outcome },
  { id: 'ttft', value: (request: BenchRequestRow) => request.ttftMs },
  { id: 'wait', value: serverWait },
  { id: 'tpot', value: (request: BenchRequestRow) => request.tpotMs },
  { id: 'rate', value: decodeRate },
  { id: 'e2e', value: (request: BenchRequestRow) => request.e2eMs },
  { id: 'answer', value: (request: BenchRequestRow) => request.outputTokens },
  { id: 'prompt', value: (request: BenchRequestRow) => request.promptTokens },
] as const

type ColumnId = (typeof columns)[number]['id']

type Props = { requests: readonly BenchRequestRow[]; stages: readonly BenchStage[] }

/** Thousands of rows, of which only those in sight are drawn. */
export function RequestTable({ requests, stages }: Props) {
  const { t } = useTranslation()
  const [order, setOrder] = useState<Order<ColumnId>>({ column: 'number', isDescending: false })
  const scroll = useRef<HTMLDivElement>(null)
  const sorted = useMemo(() => {
    const column = columns.find(({ id }) => id === order.column)
    return column ? sortRequests(requests, column.value, order.isDescending) : [...requests]
  }, [requests, order])
  const rows = useVirtualizer({
    count: sorted.length,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  })
  const visible = rows.getVirtualItems()
  const above = visible[0]?.start ?? 0
  const below = rows.getTotalSize() - (visible[visible.length - 1]?.end ?? 0)
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it
    <section ref={scroll} className={classes.scroll} tabIndex={0} aria-label={t('benchmark.requests.title')}>
      <Table
        className={classes.table}
        columns={columns.map(({ id }) => ({
          id,
          head: t(`benchmark.requests.columns.${id}`),
          isNumber: id !== 'outcome',
          className: id === 'outcome' ? classes.outcome : undefined,
          onSort: () => setOrder((now) => turned(now, id)),
        }))}
        isSticky
        rowCount={sorted.length}
        order={order}
      >
        <tbody>
          <tr className={classes.spacer} style={{ height: above }} aria-hidden />
          {visible.map(({ index }) => {
            const request = sorted[index]
            const streams = stages.find((stage) => stage.position === request?.stage)?.concurrency ?? null
            return request ? (
              <tr key={request.number} aria-rowindex={index + 2}>
                <Cells request={request} streams={streams} />
              </tr>
            ) : null
          })}
          <tr className={classes.spacer} style={{ height: below }} aria-hidden />
        </tbody>
      </Table>
    </section>
  )
}

function Cells({ request, streams }: { request: BenchRequestRow; streams: number | null }) {
  const { t } = useTranslation()
  const isOk = request.outcome === 'ok'
  const marks = [
    request.phase === 'warm-up' ? t('benchmark.requests.warmUp') : null,
    request.isShort ? t('benchmark.requests.short') : null,
    request.isReload ? t('benchmark.requests.reload') : null,
    isOk && request.phase === 'measure' && !request.isInWindow ? t('benchmark.requests.outside') : null,
  ].filter(Boolean)
  const cells = [
    formatCount(request.number),
    streams === null ? unknown : formatCount(streams),
    formatCount(request.slot + 1),
    null,
    formatLatency(request.ttftMs),
    formatLatency(serverWait(request)),
    formatMeasure(request.tpotMs),
    formatMeasure(decodeRate(request)),
    formatLatency(request.e2eMs),
    formatCount(request.outputTokens),
    formatCount(request.promptTokens),
  ]
  return cells.map((cell, place) =>
    cell === null ? (
      <td key="outcome" data-cut data-failed={!isOk || undefined} title={request.detail ?? undefined}>
        {t(`benchmark.outcomes.${request.outcome}`)}
        {marks.length > 0 ? <span className={classes.marks}> · {marks.join(' · ')}</span> : null}
      </td>
    ) : (
      <td key={columns[place]?.id} data-number data-cut>
        {cell}
      </td>
    ),
  )
}
