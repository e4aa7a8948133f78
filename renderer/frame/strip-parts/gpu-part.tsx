import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Gpu } from '../../../shared/contract/gpus'
import { gpuColor } from '../../charts/colors'
import { Sparkline } from '../../components/sparkline'
import { unknown } from '../../format/numbers'
import { formatGibibytes } from '../../format/sizes'
import { gpus } from '../../stores/gpus'
import { StripNote, StripPart } from '../strip-part'

const barCount = 10

/** Every card in a line: where its load has been, memory and watts. */
export function GpuParts() {
  const cards = gpus.useValue()?.cards ?? []
  return cards.map((card) => <GpuPart key={card.uuid} card={card} />)
}

function GpuPart({ card }: { card: Gpu }) {
  const { t } = useTranslation()
  const isStale = gpus.use((state) => state.isStale)
  const { latest, lostReason } = card
  const shares = useRecentShares(latest?.atMs ?? null, latest?.utilizationPercent ?? null)
  const percent = latest?.utilizationPercent
  return (
    <StripPart href="/gpus" label={t('frame.gpu', { index: card.index, name: card.name })} isDimmed={isStale}>
      <StripNote>GPU {card.index}</StripNote>
      {lostReason ? (
        <strong style={{ color: 'var(--bad)' }}>{t('frame.gpuLost')}</strong>
      ) : (
        <>
          <Sparkline shares={shares} color={gpuColor(card.index)} label={t('frame.gpuLoad', { index: card.index })} />
          <strong style={{ minWidth: 36, textAlign: 'right' }}>
            {percent == null ? unknown : `${Math.round(percent)}%`}
          </strong>
          <StripNote>
            {formatGibibytes(latest?.memoryUsedBytes ?? null)}/
            {card.memoryTotalBytes === null ? unknown : Math.round(card.memoryTotalBytes / 2 ** 30)} ·{' '}
            {latest?.powerWatts == null ? unknown : `${Math.round(latest.powerWatts)} W`}
          </StripNote>
        </>
      )}
    </StripPart>
  )
}

/** The last readings as shares, one a reading. */
function useRecentShares(atMs: number | null, percent: number | null): (number | null)[] {
  const [shares, setShares] = useState<(number | null)[]>(() => Array.from({ length: barCount }, () => null))
  const seen = useRef<number | null>(null)
  useEffect(() => {
    if (atMs === null || seen.current === atMs) return
    seen.current = atMs
    setShares((before) => [...before.slice(1), percent === null ? null : percent / 100])
  }, [atMs, percent])
  return shares
}
