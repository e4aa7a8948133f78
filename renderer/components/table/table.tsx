import { VisuallyHidden } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Order } from './order'
import classes from './table.module.css'

export type Drop = 0 | 1 | 2 | 3 | 4 | 5

export type Column = {
  id: string
  head: ReactNode
  /** Its head stands at the right, as its cells do with `data-number`. */
  isNumber?: boolean | undefined
  /** Its head is for those who do not see what the cells are. */
  isUnseen?: boolean | undefined
  className?: string | undefined
  /** The narrower the room, the more columns go: 0 first, 5 last. Its cells carry the same `data-drop`. */
  drop?: Drop | undefined
  /** Makes a button of the head. */
  onSort?: () => void
}

type Props = {
  columns: readonly Column[]
  /** The `<tbody>`. What its rows and cells can be: `data-number`, `data-muted`, `data-mono`, `data-cut`, `data-drop`, `data-opens`. */
  children: ReactNode
  label?: string
  className?: string | undefined
  /** The head stays while the rows scroll below it. */
  isSticky?: boolean
  /** How many rows there are where not all are drawn. */
  rowCount?: number
  order?: Order<string>
}

/** Head, hairlines and type of every table. Its measures are custom properties, which the class of a screen may set. */
export function Table({ columns, children, label, className, isSticky, rowCount, order }: Props) {
  return (
    <div className={classes.room}>
      <table
        className={[classes.table, className].filter(Boolean).join(' ')}
        data-sticky={isSticky || undefined}
        aria-label={label}
        aria-rowcount={rowCount === undefined ? undefined : rowCount + 1}
      >
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} order={order} />
            ))}
          </tr>
        </thead>
        {children}
      </table>
    </div>
  )
}

const arrows = { none: '', ascending: ' ↑', descending: ' ↓' }

function Head({ column, order }: { column: Column; order: Order<string> | undefined }) {
  const { id, head, isNumber, isUnseen, className, drop, onSort } = column
  const cell = { className, 'data-number': isNumber || undefined, 'data-drop': drop }
  if (!onSort) {
    return (
      <th scope="col" {...cell}>
        {isUnseen ? <VisuallyHidden>{head}</VisuallyHidden> : head}
      </th>
    )
  }
  const direction = order?.column !== id ? 'none' : order.isDescending ? 'descending' : 'ascending'
  return (
    <th scope="col" {...cell} aria-sort={direction}>
      <button type="button" onClick={onSort}>
        {head}
        {arrows[direction]}
      </button>
    </th>
  )
}
