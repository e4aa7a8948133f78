import { useTranslation } from 'react-i18next'
import type { BenchLive } from '../../../../shared/contract/bench'
import { formatMeasure } from '../../../format/numbers'
import { formatLatency } from '../../../format/times'
import { intervalWords } from '../estimated'
import { isAlone } from './is-alone'
import classes from './last-minute.module.css'
import marks from './marks.module.css'

/** The figure that a run is made for, as far as it is known. */
export const Headline = ({ live }: { live: BenchLive }) =>
  isAlone(live) ? <PerStream live={live} /> : <Throughput live={live} />

/** What one stream gets, by the answers so far, and the first token beside it. */
function PerStream({ live: { perStream, phase, steps, stepIndex } }: { live: BenchLive }) {
  const { t } = useTranslation()
  const planned = steps[stepIndex]?.plannedRequests ?? 0
  return (
    <>
      <div className={marks.factName}>{t('words.perStream')}</div>
      <div className={classes.big}>
        {formatMeasure(perStream?.decodeTokensPerSecond ?? null)} <small>tok/s</small>
      </div>
      {perStream ? (
        <>
          <div className={marks.factName}>{t('benchmark.live.of', { n: perStream.n, planned })}</div>
          <div className={marks.factName}>
            {t('benchmark.live.firstToken', { ttft: formatLatency(perStream.ttftMs) })}
          </div>
        </>
      ) : (
        <div className={marks.factName}>{t(`benchmark.live.waitsFor.${phase}`)}</div>
      )}
    </>
  )
}

/** What all streams get together, since they are all at work. */
function Throughput({ live: { headline, phase } }: { live: BenchLive }) {
  const { t } = useTranslation()
  return (
    <>
      <div className={marks.factName}>{t('benchmark.live.system')}</div>
      <div className={classes.big}>
        {formatMeasure(headline?.outputTokensPerSecond.value ?? null)} <small>tok/s</small>
      </div>
      {headline ? (
        <>
          <div className={marks.factName}>
            {[
              intervalWords(headline.outputTokensPerSecond),
              t('benchmark.live.of', { n: headline.outputTokensPerSecond.n, planned: headline.plannedRequests }),
            ]
              .filter(Boolean)
              .join(' · ')}
          </div>
          {headline.scaling !== null ? (
            <div className={marks.factName}>
              {t('benchmark.timesOne', { scaling: formatMeasure(headline.scaling) })}
            </div>
          ) : null}
        </>
      ) : (
        <div className={marks.factName}>{t(`benchmark.live.waitsFor.${phase}`)}</div>
      )}
    </>
  )
}
