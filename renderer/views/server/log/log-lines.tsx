import type { KeyboardEvent, MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './log.module.css'
import { LogLineRow } from './log-line-row'
import type { LogList } from './use-log-list'

type Props = {
  list: LogList
  search: string
  /** The current line is shown in full below. */
  showsWhole: boolean
  onShowWhole: (showsWhole: boolean) => void
}

/** The lines: a press or Enter shows one in full, the arrow keys go from line to line. */
export function LogLines({ list, search, showsWhole, onShowWhole }: Props) {
  const { t } = useTranslation()
  const { cursor, pages } = list
  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-place]') : null
    // A text that is being selected is not a press.
    if (!row || window.getSelection()?.isCollapsed === false) return
    const place = Number(row.getAttribute('data-place'))
    onShowWhole(!(showsWhole && place === cursor.place))
    cursor.stand(place)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (['ArrowUp', 'ArrowDown', 'PageUp', 'Home', 'Enter'].includes(event.key)) cursor.follow(false)
    if (event.key === 'Enter') {
      cursor.stand(cursor.place ?? list.first)
      onShowWhole(!showsWhole)
    }
    if (event.key === 'Escape') onShowWhole(false)
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step || cursor.place === null) return
    event.preventDefault()
    cursor.step(step)
  }
  return (
    <div
      ref={list.scroller}
      className={classes.scroller}
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      role="log"
      aria-label={t('server.tabs.log')}
      aria-live="off"
      onScroll={(event) => cursor.scrolled(event.currentTarget)}
      onWheel={(event) => event.deltaY < 0 && cursor.follow(false)}
      onKeyDown={onKeyDown}
      onClick={onClick}
    >
      <div style={{ height: list.height, position: 'relative' }}>
        {list.items.map((item) => (
          <LogLineRow
            key={item.key}
            line={pages.line(item.index)}
            place={item.index}
            top={item.start}
            search={search}
            isCurrent={item.index === cursor.place}
          />
        ))}
      </div>
    </div>
  )
}
