import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Server } from '../../../../shared/contract/server'
import type { LogLevel, LogMatch } from '../../../../shared/contract/server-log'
import { Empty } from '../../../components/empty'
import { filterOf, logSummary } from '../../../stores/server-log'
import frame from '../tab.module.css'
import classes from './log.module.css'
import { LogElsewhere } from './log-elsewhere'
import { LogErrors } from './log-errors'
import { LogFoot } from './log-foot'
import { LogHistogram } from './log-histogram'
import { LogLevels } from './log-levels'
import { LogLineDetails } from './log-line-details'
import { LogLines } from './log-lines'
import { LogSearch } from './log-search'
import { LogTools } from './log-tools'
import { useLogHistogram } from './use-log-histogram'
import { useLogList } from './use-log-list'
import { useLogMatch } from './use-log-match'
import { useLogSearch } from './use-log-search'

/** The log of a server that Corral started; of another one, where it is. */
export function LogTab({ server }: { server: Server }) {
  const [isOwn, setOwn] = useState(false)
  if (server.state === 'adopted' && !isOwn) return <LogElsewhere owner={server.owner} onShowOwn={() => setOwn(true)} />
  return <OwnLog />
}

/** The log: only the lines in sight are ever fetched, so 100,000 are as light as ten. */
function OwnLog() {
  const { t } = useTranslation()
  const [level, setLevel] = useState<LogLevel | null>(null)
  const [showsWhole, setShowsWhole] = useState(false)
  const summary = logSummary.useValue()
  const histogram = useLogHistogram(level)
  const error = useLogMatch()
  const list = useLogList(level)
  const { cursor, first, last, lineCount, numberInSight } = list
  const goTo = (found: LogMatch | null) => found && cursor.go(found.place)
  const text = useLogSearch({ level, numberInSight, goTo })
  const current = cursor.place === null ? undefined : list.pages.line(cursor.place)

  const choose = (next: LogLevel | null) => {
    setLevel(next)
    cursor.forgetPlaces()
    setShowsWhole(false)
    // What they found has another place among other lines.
    text.forget()
    error.forget()
  }
  const lookForError = (direction: 'here' | 'next') => {
    const next = level === 'error' ? level : null
    if (next !== level) choose(next)
    const fromNumber = direction === 'here' ? 0 : (error.found?.number ?? numberInSight)
    void error.look({ ...filterOf(next), level: 'error', fromNumber, direction }).then(goTo)
  }
  return (
    <div className={frame.tab}>
      <LogTools level={level} follows={cursor.follows} onFollow={(follows) => cursor.follow(follows)} />
      <div className={classes.card}>
        <div className={classes.tools}>
          <LogLevels level={level} summary={summary} onChoose={choose} />
          <LogSearch search={text.search} match={text.match} onSearch={text.setSearch} onMove={text.move} />
          <LogErrors errorCount={summary?.counts.error ?? 0} found={error.found} onLook={lookForError} />
        </div>
        {histogram ? (
          <LogHistogram
            histogram={histogram}
            sight={{ first, last }}
            onGo={(place) => lineCount > 0 && cursor.go(Math.min(place, lineCount - 1))}
          />
        ) : null}
        {lineCount === 0 ? (
          <div className={classes.empty}>
            <Empty sentence={t(summary && summary.lineCount > 0 ? 'server.log.noneOfLevel' : 'server.log.empty')} />
          </div>
        ) : (
          <LogLines list={list} search={text.search} showsWhole={showsWhole} onShowWhole={setShowsWhole} />
        )}
        {current && showsWhole ? <LogLineDetails line={current} onClose={() => setShowsWhole(false)} /> : null}
        <LogFoot list={list} files={summary?.files ?? []} />
      </div>
    </div>
  )
}
