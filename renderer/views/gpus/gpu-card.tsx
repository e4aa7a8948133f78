import { useTranslation } from 'react-i18next'
import type { Gpu, GpuHistory } from '../../../shared/contract/gpus'
import type { LoadedModel } from '../../../shared/contract/models'
import { gpuColor } from '../../charts/colors'
import { Card } from '../../components/card'
import { Figure } from '../../components/figure'
import { CardMemory } from '../../parts/card-memory-bar'
import { useCardReadings } from '../../parts/use-card-readings'
import classes from './gpu-card.module.css'
import { HeldBackChip } from './held-back-chip'
import { LostWords } from './unreachable-card'

type Props = {
  card: Gpu
  loaded: readonly LoadedModel[]
  history: GpuHistory | null
  minutes: number
  isDimmed: boolean
}

/** One card at this moment. */
export function GpuCard({ card, loaded, history, minutes, isDimmed }: Props) {
  const { t } = useTranslation()
  const { index, name, pcie, sharesMemory, latest, lostReason } = card
  return (
    <Card isDimmed={isDimmed}>
      <header className={classes.header}>
        <span className={classes.swatch} style={{ background: gpuColor(index) }} aria-hidden />
        <h2 className={classes.title}>GPU {index}</h2>
        <span className={classes.name}>
          {[pcie ? `${name}, PCIe ${pcie}` : name, ...(sharesMemory ? [t('words.cards.shares')] : [])].join(' · ')}
        </span>
        <span className={classes.chip}>
          <HeldBackChip card={card} history={history} minutes={minutes} />
        </span>
      </header>
      {lostReason ? <LostWords reason={lostReason} /> : <Figures card={card} />}
      {latest && !lostReason ? <CardMemory card={card} loaded={loaded} /> : null}
    </Card>
  )
}

function Figures({ card }: { card: Gpu }) {
  const { t } = useTranslation()
  const { utilization, memory, power, temperature, clock, fan } = useCardReadings(card)
  return (
    <div className={classes.measure}>
      <div className={classes.figures}>
        <Figure label={t('words.cards.quantities.utilizationPercent')} {...utilization} />
        <Figure label={t('words.cards.quantities.memoryUsedBytes')} {...memory} />
        <Figure label={t('words.cards.quantities.powerWatts')} {...power} />
        <Figure label={t('words.cards.core')} {...temperature} />
        <Figure label={t('gpus.clock')} {...clock} />
        <Figure label={t('gpus.fan')} {...fan} />
      </div>
    </div>
  )
}
