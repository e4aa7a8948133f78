import { VisuallyHidden } from '@mantine/core'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { formatCount, unknown } from '../../../format/numbers'
import { formatSize } from '../../../format/sizes'
import { useFormat } from '../../../format/use-format'
import { ModelMenu } from '../model-menu'
import { HeldCell } from './held-cell'
import classes from './models-table.module.css'
import { type ColumnId, firstOrder, type ModelRow, type Order, shortParameters, sortModels } from './sort-models'

const columns: { id: ColumnId; isNumber?: boolean }[] = [
  { id: 'name' },
  { id: 'parameters', isNumber: true },
  { id: 'quantization' },
  { id: 'size', isNumber: true },
  { id: 'context', isNumber: true },
  { id: 'family' },
  { id: 'loaded' },
  { id: 'changed', isNumber: true },
]

type Props = {
  rows: readonly ModelRow[]
  openName: string | null
  onOpen: (name: string | null) => void
  onRemove: (row: ModelRow) => void
}

/** What is installed, a row each. Arrows move along the rows, Enter opens one, Delete asks whether to delete it. */
export function ModelsTable({ rows, openName, onOpen, onRemove }: Props) {
  const { t } = useTranslation()
  const [order, setOrder] = useState<Order>({ column: 'name', isDescending: false })
  const [active, setActive] = useState<string | null>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  const sorted = useMemo(() => sortModels(rows, order), [rows, order])
  // One row of the table can be reached with Tab: where the arrows were last, else the open one, else the first.
  const reachable = [active, openName].find((name) => sorted.some((row) => row.name === name)) ?? sorted[0]?.name
  const sortBy = (column: ColumnId) =>
    setOrder((now) => (now.column === column ? { column, isDescending: !now.isDescending } : firstOrder(column)))

  const focusRow = (place: number) => {
    const row = sorted[Math.min(sorted.length - 1, Math.max(0, place))]
    if (!row) return
    setActive(row.name)
    body.current?.querySelector<HTMLElement>(`[data-name="${CSS.escape(row.name)}"]`)?.focus()
  }
  const onKeyDown = (event: KeyboardEvent, row: ModelRow) => {
    if (event.target !== event.currentTarget) return
    const place = sorted.indexOf(row)
    switch (event.key) {
      case 'ArrowDown':
        focusRow(place + 1)
        break
      case 'ArrowUp':
        focusRow(place - 1)
        break
      case 'Home':
        focusRow(0)
        break
      case 'End':
        focusRow(sorted.length - 1)
        break
      case 'Enter':
      case ' ':
        onOpen(row.name)
        break
      case 'Escape':
        onOpen(null)
        break
      case 'Delete':
        onRemove(row)
        break
      default:
        return
    }
    event.preventDefault()
  }

  return (
    <div className={classes.scroll}>
      <table className={classes.table} aria-label={t('models.installed')}>
        <thead>
          <tr>
            {columns.map(({ id, isNumber }) => (
              <th
                key={id}
                data-column={id}
                data-number={isNumber}
                aria-sort={order.column !== id ? 'none' : order.isDescending ? 'descending' : 'ascending'}
              >
                <button type="button" onClick={() => sortBy(id)}>
                  {t(`models.columns.${id}`)}
                  {order.column === id ? (order.isDescending ? ' ↓' : ' ↑') : ''}
                </button>
              </th>
            ))}
            <th data-column="can">{t('models.columns.can')}</th>
            <th data-column="digest">{t('models.columns.digest')}</th>
            <th data-column="menu">
              <VisuallyHidden>{t('models.columns.menu')}</VisuallyHidden>
            </th>
          </tr>
        </thead>
        <tbody ref={body}>
          {sorted.map((row) => (
            <tr
              key={row.name}
              data-name={row.name}
              data-open={row.name === openName || undefined}
              aria-current={row.name === openName || undefined}
              tabIndex={row.name === reachable ? 0 : -1}
              onFocus={() => setActive(row.name)}
              onClick={() => onOpen(row.name)}
              onKeyDown={(event) => onKeyDown(event, row)}
            >
              <Cells row={row} />
              <td
                data-column="menu"
                onClick={(event) => event.stopPropagation()}
                onKeyDown={(event) => event.stopPropagation()}
              >
                <ModelMenu row={row} onRemove={() => onRemove(row)} isReachable={row.name === reachable} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Cells({ row }: { row: ModelRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <td data-column="name" title={row.name}>
        {row.name}
      </td>
      <td data-number>{row.parameterSize === null ? unknown : shortParameters(row.parameterSize)}</td>
      <td data-muted>{row.quantization ?? unknown}</td>
      <td data-number>{formatSize(row.sizeBytes)}</td>
      <td data-number data-muted>
        {formatCount(row.contextLength)}
      </td>
      <td data-column="family" data-muted title={row.family ?? undefined}>
        {row.family ?? unknown}
      </td>
      <td>
        <HeldCell row={row} />
      </td>
      <td data-number data-muted>
        {row.modifiedAtMs ? format.day(row.modifiedAtMs) : unknown}
      </td>
      <td data-column="can" data-muted>
        {format.list(
          row.capabilities
            .filter((name) => name !== 'completion')
            .map((name) => t(`models.can.${name}`, { defaultValue: name })),
        )}
      </td>
      <td data-column="digest">{row.digest.slice(0, 12) || unknown}</td>
    </>
  )
}
