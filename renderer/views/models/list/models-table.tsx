import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LongName } from '../../../components/long-name/long-name'
import { type Order, turned } from '../../../components/table/order'
import { type Drop, Table } from '../../../components/table/table'
import { useRowKeys } from '../../../components/table/use-row-keys'
import { formatCount, unknown } from '../../../format/numbers'
import { formatSize } from '../../../format/sizes'
import { useFormat } from '../../../format/use-format'
import { ModelMenu } from '../model-menu'
import { HeldCell } from './held-cell'
import classes from './models-table.module.css'
import { type ColumnId, type ModelRow, shortParameters, sortModels, startsDescending } from './sort-models'

const sortable: { id: ColumnId; isNumber?: boolean; className?: string | undefined; drop?: Drop }[] = [
  { id: 'name', className: classes.name },
  { id: 'parameters', isNumber: true, drop: 4 },
  { id: 'quantization', drop: 5 },
  { id: 'size', isNumber: true },
  { id: 'context', isNumber: true, drop: 2 },
  { id: 'family', drop: 1 },
  { id: 'loaded' },
  { id: 'changed', isNumber: true, drop: 3 },
]
const others = [
  { id: 'can', className: classes.wide },
  { id: 'digest', className: classes.wide },
  { id: 'menu', isUnseen: true },
] as const

type Props = {
  rows: readonly ModelRow[]
  openName: string | null
  onOpen: (name: string | null) => void
  onRemove: (row: ModelRow) => void
  /** Without it the rows are there to be read. */
  hasServer: boolean
}

/** What is installed, a row each. */
export function ModelsTable({ rows, openName, onOpen, onRemove, hasServer }: Props) {
  const { t } = useTranslation()
  const [order, setOrder] = useState<Order<ColumnId>>({ column: 'name', isDescending: false })
  const sorted = useMemo(() => sortModels(rows, order), [rows, order])
  const { body, reachable, rowOf } = useRowKeys({
    names: sorted.map(({ name }) => name),
    openName,
    onOpen,
    onDelete: (name) => {
      const row = rows.find((one) => one.name === name)
      if (row && hasServer) onRemove(row)
    },
  })
  const columns = [
    ...sortable.map(({ id, ...column }) => ({
      id,
      ...column,
      onSort: () => setOrder((now) => turned(now, id, startsDescending(id))),
    })),
    ...others,
  ].map((column) => ({ ...column, head: t(`models.columns.${column.id}`) }))
  return (
    <div className={classes.scroll}>
      <Table className={classes.table} label={t('models.installed')} columns={columns} isSticky order={order}>
        <tbody ref={body}>
          {sorted.map((row) => (
            <tr key={row.name} {...rowOf(row.name)}>
              <Cells row={row} />
              <td
                className={classes.menu}
                onClick={(event) => event.stopPropagation()}
                onKeyDown={(event) => event.stopPropagation()}
              >
                <ModelMenu
                  row={row}
                  onRemove={() => onRemove(row)}
                  isReachable={row.name === reachable}
                  hasServer={hasServer}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </Table>
    </div>
  )
}

function Cells({ row }: { row: ModelRow }) {
  const { t } = useTranslation()
  const format = useFormat()
  return (
    <>
      <td className={classes.name}>
        <LongName>{row.name}</LongName>
      </td>
      <td data-number data-drop={4}>
        {row.parameterSize === null ? unknown : shortParameters(row.parameterSize)}
      </td>
      <td data-muted data-drop={5}>
        {row.quantization ?? unknown}
      </td>
      <td data-number>{formatSize(row.sizeBytes)}</td>
      <td data-number data-muted data-drop={2}>
        {formatCount(row.contextLength)}
      </td>
      <td className={classes.family} data-muted data-cut data-drop={1} title={row.family ?? undefined}>
        {row.family ?? unknown}
      </td>
      <td>
        <HeldCell row={row} />
      </td>
      <td data-number data-muted data-drop={3}>
        {row.modifiedAtMs ? format.day(row.modifiedAtMs) : unknown}
      </td>
      <td className={classes.wide} data-muted>
        {format.list(
          row.capabilities
            .filter((name) => name !== 'completion')
            .map((name) => t(`models.can.${name}`, { defaultValue: name })),
        )}
      </td>
      <td className={classes.wide} data-muted data-mono>
        {row.digest.slice(0, 12) || unknown}
      </td>
    </>
  )
}
