import { IconAlertTriangle, IconCheck, IconCircleX, IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { BenchLive, BenchNote } from '../../../../shared/contract/bench'
import type { Outcome } from '../../../../shared/measure/result'
import { clientLimits } from '../../../../shared/measure/verdicts'
import { Card } from '../../../components/card'
import { Chip } from '../../../components/chip'
import { formatMeasure } from '../../../format/numbers'
import { formatClock, formatLatency } from '../../../format/times'
import classes from './client-card.module.css'
import marks from './marks.module.css'

/** Whether the measuring thread keeps up, and what happened on the way. */
export function ClientCard({ live }: { live: BenchLive }) {
  const { t } = useTranslation()
  const { eventLoopUtilization, loopDelayP99Ms, isLimited } = live.client
  return (
    <Card
      title={t('benchmark.live.client')}
      aside={
        isLimited ? (
          <Chip tone="bad" icon={<IconAlertTriangle size={13} aria-hidden />}>
            {t('benchmark.live.isLimit')}
          </Chip>
        ) : (
          <Chip tone="good" icon={<IconCheck size={13} aria-hidden />}>
            {t('benchmark.live.notLimit')}
          </Chip>
        )
      }
    >
      <Meter
        name={t('benchmark.live.loop')}
        share={eventLoopUtilization / clientLimits.eventLoopUtilization}
        value={`${formatMeasure(eventLoopUtilization * 100)}%`}
        limit={t('benchmark.live.ofLimit', { limit: `${clientLimits.eventLoopUtilization * 100}%` })}
      />
      <Meter
        name={t('benchmark.live.loopDelay')}
        share={loopDelayP99Ms / clientLimits.loopDelayP99Ms}
        value={`${formatMeasure(loopDelayP99Ms)} ms`}
        limit={t('benchmark.live.ofLimit', { limit: `${clientLimits.loopDelayP99Ms} ms` })}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard must be able to scroll it */}
      <ul className={classes.notes} tabIndex={0} aria-label={t('benchmark.live.client')}>
        <li className={classes.note}>
          {live.failedCount > 0 ? <NoteIcon level="bad" /> : <NoteIcon level="good" />}
          <span className={classes.noteTime}>{formatClock(live.atMs)}</span>
          <span>{t('benchmark.live.failedOf', { failed: live.failedCount, count: live.sentCount })}</span>
        </li>
        {live.notes.map((note, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: notes have no other name
          <Note key={place} note={note} />
        ))}
      </ul>
    </Card>
  )
}

function Meter({ name, share, value, limit }: { name: string; share: number; value: string; limit: string }) {
  return (
    <div className={classes.meter}>
      <span>{name}</span>
      <span className={classes.meterTrack}>
        <span
          className={classes.meterFill}
          style={{ width: `${Math.min(1, share) * 100}%` }}
          data-over={share > 1 || undefined}
        />
      </span>
      <b>{value}</b>
      <span className={marks.factName}>{limit}</span>
    </div>
  )
}

function Note({ note }: { note: BenchNote }) {
  const { t } = useTranslation()
  const values = Object.fromEntries(Object.entries(note.values).map(([name, value]) => [name, worded(name, value)]))
  const outcome = 'outcome' in note.values ? t(`benchmark.outcomes.${note.values.outcome as Outcome}`) : ''
  return (
    <li className={classes.note}>
      <NoteIcon level={note.level} />
      <span className={classes.noteTime}>{formatClock(note.atMs)}</span>
      <span className={classes.noteWords}>{t(`benchmark.notes.${note.code}`, { ...values, outcome })}</span>
    </li>
  )
}

const worded = (name: string, value: string | number) =>
  name.endsWith('Ms') && typeof value === 'number' ? formatLatency(value) : value

const icons = { good: IconCheck, info: IconInfoCircle, caution: IconAlertTriangle, bad: IconCircleX }

function NoteIcon({ level }: { level: BenchNote['level'] }) {
  const Icon = icons[level]
  return <Icon size={14} stroke={2} className={classes.noteIcon} data-level={level} aria-hidden />
}
