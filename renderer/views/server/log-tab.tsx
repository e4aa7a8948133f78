import { Button, CopyButton, Group, Switch, TextInput, Chip as Toggle } from '@mantine/core'
import { IconArrowUp, IconCopy, IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLevel, LogLine } from '../../../shared/contract/server-log'
import { Empty } from '../../components/empty'
import { formatCount } from '../../format/numbers'
import { formatClock } from '../../format/times'
import { logSummary } from '../../stores/server-log'
import { useLogPages } from './log-pages'
import classes from './log-tab.module.css'
import frame from './tab.module.css'

const levels: LogLevel[] = ['error', 'warn', 'info', 'access', 'debug', 'plain']
const rowHeight = 18

/** The log: only the lines in sight are ever fetched, so 100,000 are as light as ten. */
export function LogTab() {
  const { t } = useTranslation()
  const [chosen, setChosen] = useState<string[]>([...levels])
  const [search, setSearch] = useState('')
  const [follows, setFollows] = useState(true)
  const summary = logSummary.useValue()
  const pages = useLogPages(chosen.length === levels.length ? undefined : (chosen as LogLevel[]), search)
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: pages.matchCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 30,
  })
  const items = rows.getVirtualItems()
  const first = items[0]?.index ?? 0
  const last = items.at(-1)?.index ?? 0
  const { want } = pages
  useEffect(() => want(first, last), [want, first, last])
  const height = rows.scrollRect?.height ?? 0
  // Not by the row's number: while the list still grows that stops short of the end.
  useEffect(() => {
    if (follows && pages.matchCount > 0 && height > 0) scroller.current?.scrollTo({ top: pages.matchCount * rowHeight })
  }, [follows, pages.matchCount, height])

  const jumpToFirstError = () => {
    setFollows(false)
    setSearch('')
    setChosen(['error'])
    scroller.current?.scrollTo({ top: 0 })
  }
  return (
    <div className={frame.tab}>
      <div className={frame.tools}>
        <Switch
          size="sm"
          label={t('server.log.follow')}
          checked={follows}
          onChange={(event) => setFollows(event.currentTarget.checked)}
        />
        <CopyButton
          value={pages
            .known()
            .map(({ text }) => text)
            .join('\n')}
        >
          {({ copied, copy }) => (
            <Button variant="default" size="compact-sm" leftSection={<IconCopy size={14} />} onClick={copy}>
              {copied ? t('frame.copied') : t('frame.copy')}
            </Button>
          )}
        </CopyButton>
      </div>
      <div className={classes.tools}>
        <Toggle.Group multiple value={chosen} onChange={setChosen}>
          <Group gap={4}>
            {levels.map((level) => (
              <Toggle key={level} value={level} size="xs" variant="light" radius={6}>
                {t(`server.log.levels.${level}`)}
              </Toggle>
            ))}
          </Group>
        </Toggle.Group>
        <TextInput
          size="xs"
          w={200}
          leftSection={<IconSearch size={14} />}
          placeholder={t('server.log.search')}
          aria-label={t('server.log.search')}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <span className={classes.count} role="status">
          {t('server.log.count', { shown: formatCount(pages.matchCount), all: formatCount(summary?.lineCount ?? 0) })}
        </span>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconArrowUp size={14} />}
          disabled={summary?.firstErrorNumber == null}
          onClick={jumpToFirstError}
        >
          {t('server.log.firstError')}
        </Button>
      </div>
      {pages.matchCount === 0 ? (
        <div className={classes.card}>
          <Empty sentence={t(summary && summary.lineCount > 0 ? 'server.log.nothingMatches' : 'server.log.empty')} />
        </div>
      ) : (
        <div
          ref={scroller}
          className={classes.scroller}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
          tabIndex={0}
          role="log"
          aria-label={t('server.tabs.log')}
          aria-live="off"
          onWheel={(event) => event.deltaY < 0 && setFollows(false)}
          onKeyDown={(event) => ['ArrowUp', 'PageUp', 'Home'].includes(event.key) && setFollows(false)}
        >
          <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
            {items.map((item) => (
              <Line key={item.key} line={pages.line(item.index)} top={item.start} search={search} />
            ))}
          </div>
        </div>
      )}
    </div>
  )
}

function Line({ line, top, search }: { line: LogLine | undefined; top: number; search: string }) {
  if (!line) return <div className={classes.line} style={{ transform: `translateY(${top}px)` }} />
  return (
    <div
      className={classes.line}
      data-level={line.level}
      style={{ transform: `translateY(${top}px)` }}
      title={line.text}
    >
      <span className={classes.at}>{formatClock(line.atMs)}</span>
      <span className={classes.text}>{marked(line.text, search)}</span>
    </div>
  )
}

function marked(text: string, search: string) {
  const wanted = search.trim().toLowerCase()
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted)
  if (at === -1) return text
  return (
    <>
      {text.slice(0, at)}
      <mark>{text.slice(at, at + wanted.length)}</mark>
      {text.slice(at + wanted.length)}
    </>
  )
}
