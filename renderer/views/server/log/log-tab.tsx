import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconAlertCircle, IconArrowDown, IconCopy, IconDownload } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { type KeyboardEvent, type MouseEvent, type UIEvent, useCallback, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLevel, LogMatch } from '../../../../shared/contract/server-log'
import { Empty } from '../../../components/empty'
import { formatCount } from '../../../format/numbers'
import { saveFile } from '../../../stores/save-file'
import { filterOf, findInLog, logSummary, readLogText } from '../../../stores/server-log'
import { useAction } from '../../../stores/use-action'
import frame from '../tab.module.css'
import classes from './log.module.css'
import { LogHistogram } from './log-histogram'
import { LogLineDetails } from './log-line-details'
import { LogLineRow } from './log-line-row'
import { useLogPages } from './log-pages'
import { LogSearch } from './log-search'
import { useLogHistogram } from './use-log-histogram'
import { useLogMatch } from './use-log-match'

const levels: LogLevel[] = ['error', 'warn', 'info', 'access', 'debug', 'plain']
const rowHeight = 20
const typingPauseMs = 150
const countEveryMs = 1000

/** The log: only the lines in sight are ever fetched, so 100,000 are as light as ten. */
export function LogTab() {
  const { t } = useTranslation()
  const [level, setLevel] = useState<LogLevel | null>(null)
  const [search, setSearch] = useState('')
  const [follows, setFollows] = useState(true)
  const [currentPlace, setCurrentPlace] = useState<number | null>(null)
  const [showsWhole, setShowsWhole] = useState(false)
  const summary = logSummary.useValue()
  const pages = useLogPages(level)
  const histogram = useLogHistogram(level)
  const text = useLogMatch()
  const error = useLogMatch()
  const clipboard = useClipboard()
  const scroller = useRef<HTMLDivElement>(null)
  const rows = useVirtualizer({
    count: pages.matchCount,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 30,
  })
  const items = rows.getVirtualItems()
  const { want } = pages
  const firstHeld = items[0]?.index ?? 0
  const lastHeld = items.at(-1)?.index ?? 0
  useEffect(() => want(firstHeld, lastHeld), [want, firstHeld, lastHeld])
  const height = rows.scrollRect?.height ?? 0
  // Not by the row's number: while the list still grows that stops short of the end.
  useEffect(() => {
    if (follows && pages.matchCount > 0 && height > 0) scroller.current?.scrollTo({ top: pages.matchCount * rowHeight })
  }, [follows, pages.matchCount, height])

  const first = rows.range?.startIndex ?? 0
  const last = Math.min(rows.range?.endIndex ?? 0, pages.matchCount - 1)
  const current = currentPlace === null ? undefined : pages.line(currentPlace)
  const numberInSight = pages.line(first)?.number ?? 0

  /** Where to go once the list is long enough; another level's list comes a moment later. */
  const [target, setTarget] = useState<number | null>(null)
  useEffect(() => {
    if (target === null || target >= pages.matchCount || height === 0) return
    scroller.current?.scrollTo({ top: (target + 0.5) * rowHeight - height / 2 })
    setTarget(null)
  }, [target, pages.matchCount, height])
  const go = useCallback((place: number) => {
    setFollows(false)
    setCurrentPlace(place)
    setTarget(place)
  }, [])
  const goTo = (found: LogMatch | null) => found && go(found.place)

  // When the oldest lines are dropped, what is in sight stays in sight.
  const sight = useRef({ number: 0, place: 0 })
  const { firstNumber } = pages
  // biome-ignore lint/correctness/useExhaustiveDependencies: dropped lines are what it waits for
  useEffect(() => {
    const { number, place } = sight.current
    if (follows || number === 0) return
    void findInLog({ ...filterOf(level), fromNumber: number, direction: 'here' }).then((found) => {
      if (!found) return
      const moved = found.place - place
      scroller.current?.scrollBy({ top: moved * rowHeight })
      setCurrentPlace((before) => (before === null || before + moved < 0 ? null : before + moved))
    })
  }, [firstNumber])
  useEffect(() => {
    sight.current = { number: numberInSight, place: first }
  }, [numberInSight, first])

  const lastTop = useRef(0)
  const onScroll = ({ currentTarget: { scrollTop, scrollHeight, clientHeight } }: UIEvent) => {
    const isUp = scrollTop < lastTop.current - 2
    lastTop.current = scrollTop
    // Not because the list became shorter: then it stands at its end.
    if (isUp && scrollHeight - scrollTop - clientHeight > 2 * rowHeight) setFollows(false)
  }

  const choose = (next: LogLevel | null) => {
    setLevel(next)
    setCurrentPlace(null)
    setTarget(null)
    setShowsWhole(false)
    // What they found has another place among other lines.
    text.forget()
    error.forget()
  }
  const searchFrom = (number: number, direction: 'here' | 'next' | 'previous') =>
    text.look({ ...filterOf(level), search, fromNumber: number, direction })
  // biome-ignore lint/correctness/useExhaustiveDependencies: where it begins is not what it waits for
  useEffect(() => {
    if (search.trim() === '') return text.forget()
    const timer = setTimeout(
      () => void searchFrom(text.found?.number ?? numberInSight, 'here').then(goTo),
      typingPauseMs,
    )
    return () => clearTimeout(timer)
  }, [search, level])
  const countedAtMs = useRef(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: more lines are what it waits for
  useEffect(() => {
    if (search.trim() === '' || text.match === null) return
    const timer = setTimeout(
      () => {
        countedAtMs.current = Date.now()
        void searchFrom(text.found?.number ?? 0, 'here')
      },
      Math.max(0, countedAtMs.current + countEveryMs - Date.now()),
    )
    return () => clearTimeout(timer)
  }, [summary?.lastNumber])

  const lookForError = (direction: 'here' | 'next') => {
    const next = level === 'error' ? level : null
    if (next !== level) choose(next)
    const fromNumber = direction === 'here' ? 0 : (error.found?.number ?? numberInSight)
    void error.look({ ...filterOf(next), level: 'error', fromNumber, direction }).then(goTo)
  }
  const save = useAction(async () => {
    const stamp = new Date().toISOString().slice(0, 16).replace(':', '')
    saveFile(`ollama-${stamp}.log`, await readLogText(filterOf(level)), 'text/plain')
  })
  const copy = useAction(async () => clipboard.copy(await readLogText(filterOf(level))))

  const onClick = (event: MouseEvent) => {
    const row = event.target instanceof Element ? event.target.closest('[data-place]') : null
    // A text that is being selected is not a press.
    if (!row || window.getSelection()?.isCollapsed === false) return
    const place = Number(row.getAttribute('data-place'))
    setShowsWhole(!(showsWhole && place === currentPlace))
    setCurrentPlace(place)
    setFollows(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (['ArrowUp', 'ArrowDown', 'PageUp', 'Home', 'Enter'].includes(event.key)) setFollows(false)
    if (event.key === 'Enter') {
      setCurrentPlace(currentPlace ?? first)
      setShowsWhole(!showsWhole)
    }
    if (event.key === 'Escape') setShowsWhole(false)
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step || currentPlace === null) return
    event.preventDefault()
    const place = Math.max(0, Math.min(pages.matchCount - 1, currentPlace + step))
    setCurrentPlace(place)
    if (place <= first || place >= last) setTarget(place)
  }
  const counts = summary?.counts
  const errorCount = counts?.error ?? 0
  const newer = pages.matchCount - 1 - last
  return (
    <div className={frame.tab}>
      <div className={frame.tools}>
        <Switch
          size="sm"
          label={t('server.log.follow')}
          checked={follows}
          onChange={(event) => setFollows(event.currentTarget.checked)}
        />
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconCopy size={14} />}
          loading={copy.isRunning}
          onClick={() => void copy.run()}
        >
          {clipboard.copied ? t('frame.copied') : t('frame.copy')}
        </Button>
        <Button
          variant="default"
          size="compact-sm"
          leftSection={<IconDownload size={14} />}
          loading={save.isRunning}
          onClick={() => void save.run()}
        >
          {t('server.log.save')}
        </Button>
      </div>
      <div className={classes.card}>
        <div className={classes.tools}>
          <SegmentedControl
            size="xs"
            aria-label={t('server.log.level')}
            value={level ?? 'all'}
            onChange={(value) => choose(value === 'all' ? null : (value as LogLevel))}
            data={[
              { value: 'all', label: named(t('server.log.all'), summary?.lineCount) },
              ...levels.map((name) => ({ value: name, label: named(t(`server.log.levels.${name}`), counts?.[name]) })),
            ]}
          />
          <LogSearch
            search={search}
            match={text.match}
            onSearch={setSearch}
            onMove={(direction) => {
              if (search.trim() === '') return
              void searchFrom(text.found?.number ?? numberInSight, direction).then(goTo)
            }}
          />
          <div className={classes.errors}>
            {error.found && errorCount > 0 ? (
              <span role="status">
                {t('server.log.errorRank', {
                  rank: formatCount(error.found.rank),
                  count: formatCount(error.found.matchCount),
                })}
              </span>
            ) : null}
            <Button.Group>
              <Button
                variant="default"
                size="compact-sm"
                leftSection={<IconAlertCircle size={14} color={errorCount > 0 ? 'var(--bad)' : undefined} />}
                disabled={errorCount === 0}
                onClick={() => lookForError('here')}
              >
                {t('server.log.firstError')}
              </Button>
              <Button
                variant="default"
                size="compact-sm"
                disabled={errorCount === 0}
                aria-label={t('server.log.nextError')}
                onClick={() => lookForError('next')}
              >
                {t('server.log.nextShort')}
              </Button>
            </Button.Group>
          </div>
        </div>
        {histogram ? (
          <LogHistogram
            histogram={histogram}
            sight={{ first, last }}
            onGo={(place) => go(Math.min(place, pages.matchCount - 1))}
          />
        ) : null}
        {pages.matchCount === 0 ? (
          <div className={classes.empty}>
            <Empty sentence={t(summary && summary.lineCount > 0 ? 'server.log.noneOfLevel' : 'server.log.empty')} />
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
            onScroll={onScroll}
            onWheel={(event) => event.deltaY < 0 && setFollows(false)}
            onKeyDown={onKeyDown}
            onClick={onClick}
          >
            <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
              {items.map((item) => (
                <LogLineRow
                  key={item.key}
                  line={pages.line(item.index)}
                  place={item.index}
                  top={item.start}
                  search={search}
                  isCurrent={item.index === currentPlace}
                />
              ))}
            </div>
          </div>
        )}
        {current && showsWhole ? <LogLineDetails line={current} onClose={() => setShowsWhole(false)} /> : null}
        <div className={classes.foot}>
          <span>
            {pages.matchCount === 0
              ? ''
              : t('server.log.range', {
                  first: formatCount(first + 1),
                  last: formatCount(last + 1),
                  all: formatCount(pages.matchCount),
                })}
          </span>
          {follows || newer <= 0 ? null : (
            <Button
              className={classes.newer}
              variant="default"
              size="compact-sm"
              leftSection={<IconArrowDown size={14} />}
              onClick={() => setFollows(true)}
            >
              {t('server.log.newer', { count: newer, shown: formatCount(newer) })}
            </Button>
          )}
        </div>
      </div>
    </div>
  )
}

/** A level with how many lines have it. */
function named(name: string, count: number | undefined) {
  return (
    <>
      {name} <span className={classes.levelCount}>{count ? formatCount(count) : ''}</span>
    </>
  )
}
