import { type KeyboardEvent, useRef, useState } from 'react'

type Rows = {
  /** Every row by its name, in the order shown. */
  names: readonly string[]
  openName: string | null
  onOpen: (name: string | null) => void
  onDelete: (name: string) => void
}

/** Rows that the keyboard walks: arrows move, Enter opens, Escape closes, Delete asks whether to delete. */
export function useRowKeys({ names, openName, onOpen, onDelete }: Rows) {
  const [active, setActive] = useState<string | null>(null)
  const body = useRef<HTMLTableSectionElement>(null)
  // One row of the table can be reached with Tab: where the arrows were last, else the open one, else the first.
  const reachable = [active, openName].find((name) => name !== null && names.includes(name)) ?? names[0]

  const focusRow = (place: number) => {
    const name = names[Math.min(names.length - 1, Math.max(0, place))]
    if (name === undefined) return
    setActive(name)
    body.current?.querySelector<HTMLElement>(`[data-name="${CSS.escape(name)}"]`)?.focus()
  }
  const actions = (name: string) =>
    new Map([
      ['ArrowDown', () => focusRow(names.indexOf(name) + 1)],
      ['ArrowUp', () => focusRow(names.indexOf(name) - 1)],
      ['Home', () => focusRow(0)],
      ['End', () => focusRow(names.length - 1)],
      ['Enter', () => onOpen(name)],
      [' ', () => onOpen(name)],
      ['Escape', () => onOpen(null)],
      ['Delete', () => onDelete(name)],
    ])

  return {
    body,
    reachable,
    rowOf: (name: string) => ({
      'data-name': name,
      'data-opens': true,
      'data-open': name === openName || undefined,
      'aria-current': name === openName || undefined,
      tabIndex: name === reachable ? 0 : -1,
      onFocus: () => setActive(name),
      onClick: () => onOpen(name),
      onKeyDown: (event: KeyboardEvent) => {
        const act = event.target === event.currentTarget ? actions(name).get(event.key) : undefined
        if (!act) return
        act()
        event.preventDefault()
      },
    }),
  }
}
