import { useTranslation } from 'react-i18next'
import type { LogHistogram as Histogram } from '../../../../shared/contract/server-log'
import { formatCount } from '../../../format/numbers'
import { formatClock } from '../../../format/times'
import { useFormat } from '../../../format/use-format'
import classes from './log-histogram.module.css'

const dayMs = 86_400_000

type Props = {
  histogram: Histogram
  /** The places of the first and the last line in sight. */
  sight: { first: number; last: number }
  /** The place of the line to go to. */
  onGo: (place: number) => void
}

/** When the lines were said: a bar a step, warnings and errors at its foot, the part in sight marked. */
export function LogHistogram({ histogram: { fromMs, stepMs, steps }, sight, onGo }: Props) {
  const { t } = useTranslation()
  const format = useFormat()
  const most = Math.max(1, ...steps.map(({ lineCount }) => lineCount))
  // By the root: loading a model says thousands of lines in a second, and the others shall be seen beside them.
  const heightOf = (lineCount: number) => (lineCount === 0 ? 0 : Math.max(6, 100 * Math.sqrt(lineCount / most)))
  const untilMs = fromMs + stepMs * steps.length
  const lengthMs = untilMs - fromMs
  const clock = (atMs: number) =>
    lengthMs > dayMs ? format.moment(atMs) : formatClock(atMs).slice(0, lengthMs < 1_200_000 ? 8 : 5)
  const isInSight = (place: number) => {
    const begin = steps[place]?.place ?? 0
    const end = begin + (steps[place]?.lineCount ?? 0)
    return end > begin && begin <= sight.last && end > sight.first
  }
  return (
    <section className={classes.histogram} aria-label={t('server.log.histogram')}>
      <div className={classes.bars}>
        {steps.map((step, place) => {
          const values = {
            at: clock(fromMs + place * stepMs),
            lines: formatCount(step.lineCount),
            warnings: formatCount(step.warningCount),
            errors: formatCount(step.errorCount),
          }
          return (
            <button
              // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
              key={place}
              type="button"
              tabIndex={-1}
              className={classes.step}
              data-in-sight={isInSight(place) || undefined}
              title={t('server.log.step', values)}
              aria-label={t('server.log.step', values)}
              onClick={() => onGo(step.place)}
            >
              <span className={classes.lines} style={{ height: `${heightOf(step.lineCount)}%` }} />
              {step.warningCount > 0 ? (
                <span className={classes.warnings} style={{ height: `${heightOf(step.warningCount)}%` }} />
              ) : null}
              {step.errorCount > 0 ? (
                <span className={classes.errors} style={{ height: `${Math.max(25, heightOf(step.errorCount))}%` }} />
              ) : null}
            </button>
          )
        })}
      </div>
      <div className={classes.times} aria-hidden>
        <span>{t('server.log.stepLength', { from: format.moment(fromMs), step: format.duration(stepMs) })}</span>
        {[0.25, 0.5, 0.75].map((share) => (
          <span key={share} className={classes.middle} style={{ left: `${share * 100}%` }}>
            {clock(fromMs + share * (untilMs - fromMs))}
          </span>
        ))}
        <span>{clock(untilMs)}</span>
      </div>
    </section>
  )
}
