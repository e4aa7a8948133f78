import { Button, SegmentedControl, Switch } from '@mantine/core'
import { useClipboard } from '@mantine/hooks'
import { IconAlertCircle, IconArrowDown, IconCopy, IconDownload } from '@tabler/icons-react'
import { type KeyboardEvent, type MouseEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LogLevel, LogMatch } from '../../../../shared/contract/server-log'
import { saveFile } from '../../../actions/save-file'
import { useAction } from '../../../actions/use-action'
import { Empty } from '../../../components/empty'
import { formatCount } from '../../../format/numbers'
import { filterOf, logSummary, readLogText } from '../../../stores/server-log'
import frame from '../tab.module.css'
import classes from './log.module.css'
import { LogHistogram } from './log-histogram'
import { LogLineDetails } from './log-line-details'
import { LogLineRow } from './log-line-row'
import { LogSearch } from './log-search'
import { useLogHistogram } from './use-log-histogram'
import { useLogList } from './use-log-list'
import { useLogMatch } from './use-log-match'
import { useLogSearch } from './use-log-search'

const levels: LogLevel[] = ['error', 'warn', 'info', 'access', 'debug', 'plain']

/** The log: only the lines in sight are ever fetched, so 100,000 are as light as ten. */
export function LogTab() {
  const { t } = useTranslation()
  const [level, setLevel] = useState<LogLevel | null>(null)
  const [showsWhole, setShowsWhole] = useState(false)
  const summary = logSummary.useValue()
  const histogram = useLogHistogram(level)
  const error = useLogMatch()
  const clipboard = useClipboard()
  const list = useLogList(level)
  const goTo = (found: LogMatch | null) => found && list.go(found.place)
  const text = useLogSearch({ level, numberInSight: list.numberInSight, goTo })
  const { first, last, follows, setFollows, currentPlace } = list
  const current = currentPlace === null ? undefined : list.line(currentPlace)

  const choose = (next: LogLevel | null) => {
    setLevel(next)
    list.forgetPlaces()
    setShowsWhole(false)
    // What they found has another place among other lines.
    text.forget()
    error.forget()
  }
  const lookForError = (direction: 'here' | 'next') => {
    const next = level === 'error' ? level : null
    if (next !== level) choose(next)
    const fromNumber = direction === 'here' ? 0 : (error.found?.number ?? list.numberInSight)
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
    list.setCurrentPlace(place)
    setFollows(false)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (['ArrowUp', 'ArrowDown', 'PageUp', 'Home', 'Enter'].includes(event.key)) setFollows(false)
    if (event.key === 'Enter') {
      list.setCurrentPlace(currentPlace ?? first)
      setShowsWhole(!showsWhole)
    }
    if (event.key === 'Escape') setShowsWhole(false)
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    if (!step || currentPlace === null) return
    event.preventDefault()
    list.step(step)
  }
  const counts = summary?.counts
  const errorCount = counts?.error ?? 0
  const newer = list.lineCount - 1 - last
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
          <LogSearch search={text.search} match={text.match} onSearch={text.setSearch} onMove={text.move} />
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
            onGo={(place) => list.go(Math.min(place, list.lineCount - 1))}
          />
        ) : null}
        {list.lineCount === 0 ? (
          <div className={classes.empty}>
            <Empty sentence={t(summary && summary.lineCount > 0 ? 'server.log.noneOfLevel' : 'server.log.empty')} />
          </div>
        ) : (
          <div
            ref={list.scroller}
            className={classes.scroller}
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
            tabIndex={0}
            role="log"
            aria-label={t('server.tabs.log')}
            aria-live="off"
            onScroll={list.onScroll}
            onWheel={(event) => event.deltaY < 0 && setFollows(false)}
            onKeyDown={onKeyDown}
            onClick={onClick}
          >
            <div className={classes.lines} style={{ height: list.height }}>
              {list.items.map((item) => (
                <LogLineRow
                  key={item.key}
                  line={list.line(item.index)}
                  place={item.index}
                  top={item.start}
                  search={text.search}
                  isCurrent={item.index === currentPlace}
                />
              ))}
            </div>
          </div>
        )}
        {current && showsWhole ? <LogLineDetails line={current} onClose={() => setShowsWhole(false)} /> : null}
        <div className={classes.foot}>
          <span>
            {list.lineCount === 0
              ? ''
              : t('server.log.range', {
                  first: formatCount(first + 1),
                  last: formatCount(last + 1),
                  all: formatCount(list.lineCount),
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
