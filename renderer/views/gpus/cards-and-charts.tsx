import { useMemo, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gpus } from '../../../shared/contract/gpus'
import { Card } from '../../components/card'
import { gpuHistory } from '../../stores/gpus'
import { models } from '../../stores/models'
import type { CardFrame, Quantity } from './chart-model'
import { GpuCard } from './gpu-card'
import { GpuChart } from './gpu-chart'
import classes from './gpus-view.module.css'
import { InMemory } from './in-memory'
import { UnreachableCard } from './unreachable-card'

const first: Quantity[] = ['utilizationPercent', 'memoryUsedBytes', 'powerWatts', 'temperatureCelsius']
const more: Quantity[] = ['coreClockMegahertz', 'fanPercent']

type Props = { gpus: Gpus; minutes: 5 | 15 | 60; isDimmed: boolean }

/** Each card's present state, the charts of the stretch chosen, and whose memory it is. */
export function CardsAndCharts({ gpus, minutes, isDimmed }: Props) {
  const { t } = useTranslation()
  const history = gpuHistory[minutes].useValue()
  const loaded = models.useValue()?.loaded ?? []
  const [cursor, setCursor] = useState<number | null>(null)
  const frames = useFrames(gpus)
  const charts = (quantities: readonly Quantity[]) =>
    quantities.map((quantity) => (
      <Card key={quantity} isDimmed={isDimmed} className={classes.chart}>
        {history ? (
          <GpuChart quantity={quantity} history={history} cards={frames} cursor={cursor} onCursor={setCursor} />
        ) : null}
      </Card>
    ))
  return (
    <div className={classes.rows}>
      <div className={classes.cards}>
        {gpus.cards.map((card) => (
          <GpuCard
            key={card.uuid}
            card={card}
            loaded={loaded}
            history={history}
            minutes={minutes}
            isDimmed={isDimmed}
          />
        ))}
        {gpus.unreachable.map(({ card, reason }) => (
          <UnreachableCard key={card} title={t('words.cards.unreachable', { card })} reason={reason} />
        ))}
      </div>
      <div className={classes.charts}>
        {charts(first)}
        <div className={classes.table}>
          <InMemory cards={gpus.cards} loaded={loaded} isDimmed={isDimmed} />
        </div>
        {charts(more)}
      </div>
    </div>
  )
}

/** What the charts need of the cards, the same object until it differs. A card that says nothing keeps its limit. */
function useFrames({ cards }: Gpus): CardFrame[] {
  const limits = useRef(new Map<string, number | null>())
  for (const { uuid, latest } of cards) if (latest) limits.current.set(uuid, latest.powerLimitWatts)
  const frames = cards.map(
    ({ uuid, index, memoryTotalBytes }): CardFrame => ({
      uuid,
      index,
      memoryTotalBytes,
      powerLimitWatts: limits.current.get(uuid) ?? null,
    }),
  )
  const key = JSON.stringify(frames)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the key is what they hold
  return useMemo(() => frames, [key])
}
