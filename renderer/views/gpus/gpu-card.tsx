import { useTranslation } from 'react-i18next'
import type { Gpu, GpuHistory } from '../../../shared/contract/gpus'
import type { LoadedModel } from '../../../shared/contract/models'
import { gpuColor } from '../../charts/colors'
import { Card } from '../../components/card'
import { Figure } from '../../components/figure'
import { formatCount, unknown } from '../../format/numbers'
import { formatGibibytes, formatMemory } from '../../format/sizes'
import { CardMemory } from './card-memory-bar'
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
  const { index, name, pcie, latest, lostReason } = card
  return (
    <Card isDimmed={isDimmed}>
      <header className={classes.header}>
        <span className={classes.swatch} style={{ background: gpuColor(index) }} aria-hidden />
        <h2 className={classes.title}>GPU {index}</h2>
        <span className={classes.name}>{pcie ? `${name}, PCIe ${pcie}` : name}</span>
        <span className={classes.chip}>
          <HeldBackChip card={card} history={history} minutes={minutes} />
        </span>
      </header>
      {lostReason ? <LostWords reason={lostReason} /> : <Figures card={card} />}
      {latest && !lostReason ? <CardMemory card={card} loaded={loaded} /> : null}
    </Card>
  )
}

function Figures({ card: { latest, memoryTotalBytes } }: { card: Gpu }) {
  const { t } = useTranslation()
  const whole = (value: number | null | undefined) => (value == null ? unknown : formatCount(Math.round(value)))
  const total = memoryTotalBytes === null ? 'GiB' : t('gpus.of', { whole: formatMemory(memoryTotalBytes) })
  const limit =
    latest?.powerLimitWatts == null ? 'W' : t('gpus.of', { whole: `${formatCount(latest.powerLimitWatts)} W` })
  return (
    <div className={classes.measure}>
      <div className={classes.figures}>
        <Figure label={t('gpus.quantities.utilizationPercent')} value={whole(latest?.utilizationPercent)} unit="%" />
        <Figure
          label={t('gpus.quantities.memoryUsedBytes')}
          value={formatGibibytes(latest?.memoryUsedBytes ?? null)}
          unit={total}
        />
        <Figure label={t('gpus.quantities.powerWatts')} value={whole(latest?.powerWatts)} unit={limit} />
        <Figure label={t('gpus.core')} value={whole(latest?.temperatureCelsius)} unit="°C" />
        <Figure label={t('gpus.clock')} value={whole(latest?.coreClockMegahertz)} unit="MHz" />
        <Figure label={t('gpus.fan')} value={whole(latest?.fanPercent)} unit="%" />
      </div>
    </div>
  )
}
