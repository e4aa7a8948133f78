/** By which column the rows of a table stand. */
export type Order<Id extends string> = { column: Id; isDescending: boolean }

/** The order after a press on a head: the other way round, or by a column that was not the order before. */
export function turned<Id extends string>(order: Order<Id>, column: Id, startsDescending = false): Order<Id> {
  return { column, isDescending: order.column === column ? !order.isDescending : startsDescending }
}
