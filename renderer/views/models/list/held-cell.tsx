import { Loader } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { LoadedModel } from '../../../../shared/contract/models'
import { heldMemory } from '../../../../shared/ollama/held-memory'
import { formatPercent } from '../../../format/numbers'
import { isLeaving, useStay } from '../../../parts/stay'
import classes from './models-table.module.css'
import type { ModelRow } from './sort-models'

/** Whether a model is in memory: its share on the cards, and how long it stays. */
export function HeldCell({ row: { held, doing, isGone } }: { row: ModelRow }) {
  const { t } = useTranslation()
  if (doing !== null) {
    return (
      <span className={classes.held}>
        <Loader size={12} /> {t(`models.held.doing.${doing}`)}
      </span>
    )
  }
  if (isGone) {
    return (
      <span className={classes.held} title={t('words.stay.goneHint')}>
        <span className={classes.dot} data-gone aria-hidden />
        {t('words.stay.gone')}
      </span>
    )
  }
  return held ? <Held held={held} /> : <span className={classes.note}>{t('models.held.onDisk')}</span>
}

function Held({ held }: { held: LoadedModel }) {
  const { t } = useTranslation()
  const { cardShare: share } = heldMemory(held)
  const stay = useStay(held.stay, { until: (age) => age, forEver: t('models.held.stays') })
  // Of one that goes, when it goes says more than where it lies.
  const isAway = isLeaving(held.stay)
  const [word, hint] =
    share === null
      ? [t('models.held.loaded'), t('models.held.loadedHint')]
      : share === 0
        ? [t('models.held.processor'), t('models.held.processorHint')]
        : [formatPercent(share), t('models.held.shareHint', { share: formatPercent(share) })]
  return (
    <span className={classes.held} title={stay.hint ?? hint}>
      <span
        className={classes.dot}
        data-part={(share !== null && share < 1) || isAway || undefined}
        data-gone={held.stay.kind === 'stuck' || undefined}
        aria-hidden
      />
      {isAway ? stay.text : word}
      {isAway ? null : <span className={classes.until}>{stay.text}</span>}
    </span>
  )
}
