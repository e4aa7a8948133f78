import { useTranslation } from 'react-i18next'
import type { Gpu } from '../../../shared/contract/gpus'
import { gpuColor } from '../../charts/colors'
import { Sparkline } from '../../components/sparkline'
import { formatCount, formatPercent, unknown } from '../../format/numbers'
import { formatGibibytes } from '../../format/sizes'
import { memoryTogether } from '../../parts/card-memory'
import { gpus } from '../../stores/gpus'
import classes from '../strip.module.css'
import { StripDot, StripMore, StripPart, StripPiece } from '../strip-part'

const mostParts = 3

/** Every card in a line: where its load has been, memory and watts. */
export function GpuParts() {
  const value = gpus.useValue()
  const cards = value?.cards ?? []
  if (value?.state === 'failed') return <FailedPart />
  if (cards.length > mostParts) return <TogetherPart cards={cards} />
  return cards.map((card, place) => <GpuPart key={card.uuid} card={card} isFirst={place === 0} />)
}

function FailedPart() {
  const { t } = useTranslation()
  return (
    <StripPart href="/gpus" label={t('frame.screens.gpus')}>
      <StripDot tone="caution" />
      <span>{t('frame.gpusFailed')}</span>
    </StripPart>
  )
}

/** More cards than the strip has room for: a bar each, and what they do together. */
function TogetherPart({ cards }: { cards: readonly Gpu[] }) {
  const { t } = useTranslation()
  const isStale = gpus.use((state) => state.isStale)
  const shares = cards.map(({ latest }) => share(latest?.utilizationPercent))
  const known = shares.filter((value) => value !== null)
  const memory = memoryTogether(cards)
  const watts = cards.reduce<number | null>((total, { latest }) => addKnown(total, latest?.powerWatts), 0)
  const lostCount = cards.filter(({ lostReason }) => lostReason !== null).length
  return (
    <StripPart href="/gpus" label={t('frame.screens.gpus')} isDimmed={isStale}>
      <StripPiece is="cardNumber">{t('frame.gpus', { count: cards.length })}</StripPiece>
      <StripPiece is="picture">
        <Sparkline shares={shares} color="var(--gpu-0)" label={t('frame.gpusLoad')} />
      </StripPiece>
      <strong>{formatPercent(known.length > 0 ? known.reduce((a, b) => a + b, 0) / known.length : null)}</strong>
      <StripPiece is="memory">
        {formatGibibytes(memory.usedBytes)}/{formatGibibytes(memory.totalBytes)}
      </StripPiece>
      <StripPiece is="watts">· {watts === null ? unknown : `${formatCount(Math.round(watts))} W`}</StripPiece>
      {lostCount > 0 ? <strong className={classes.lost}>{t('frame.gpusLost', { count: lostCount })}</strong> : null}
    </StripPart>
  )
}

const share = (percent: number | null | undefined) => (percent == null ? null : percent / 100)
const addKnown = (total: number | null, value: number | null | undefined) =>
  total === null || value == null ? null : total + value

function GpuPart({ card, isFirst }: { card: Gpu; isFirst: boolean }) {
  const { t } = useTranslation()
  const isStale = gpus.use((state) => state.isStale)
  const { latest, lostReason } = card
  const shares = card.recentPercents.map(share)
  const percent = latest?.utilizationPercent
  return (
    <StripPart
      href="/gpus"
      label={[
        t('frame.gpu', { index: card.index, name: card.name }),
        ...(card.sharesMemory ? [t('words.cards.shares')] : []),
      ].join(', ')}
      isDimmed={isStale}
    >
      <span className={classes.note}>
        <StripPiece is={isFirst ? 'cardNumber' : 'unit'}>GPU </StripPiece>
        <StripPiece is="cardNumber">{card.index}</StripPiece>
      </span>
      {lostReason ? (
        <strong className={classes.lost}>{t('frame.gpuLost')}</strong>
      ) : (
        <>
          <StripPiece is="picture">
            <Sparkline shares={shares} color={gpuColor(card.index)} label={t('frame.gpuLoad', { index: card.index })} />
          </StripPiece>
          <strong className={classes.percent}>{percent == null ? unknown : `${Math.round(percent)}%`}</strong>
          <StripPiece is="memory">
            {formatGibibytes(latest?.memoryUsedBytes ?? null)}/
            {card.memoryTotalBytes === null ? unknown : Math.round(card.memoryTotalBytes / 2 ** 30)}
            <StripMore> GiB</StripMore>
          </StripPiece>
          <StripPiece is="watts">
            · {latest?.powerWatts == null ? unknown : `${Math.round(latest.powerWatts)} W`}
            {latest?.temperatureCelsius == null ? null : (
              <StripMore> · {Math.round(latest.temperatureCelsius)} °C</StripMore>
            )}
          </StripPiece>
        </>
      )}
    </StripPart>
  )
}
