import { useTranslation } from 'react-i18next'
import type { Gpu } from '../../shared/contract/gpus'
import type { LoadedModel } from '../../shared/contract/models'
import { gpuColor } from '../charts/colors'
import { LongName } from '../components/long-name/long-name'
import { MemoryBar } from '../components/memory-bar'
import { formatGibibytes, formatMemory } from '../format/sizes'
import { freeBytes, type MemoryPart, memoryParts } from './card-memory'
import classes from './card-memory-bar.module.css'

const strengths = [100, 68, 50]

type Props = { card: Gpu; loaded: readonly LoadedModel[] }

/** Whose memory it is: each model, everybody else, what the driver keeps, and what is left. */
export function CardMemory({ card, loaded }: Props) {
  const { t } = useTranslation()
  const parts = useNamedParts({ card, loaded })
  const free = freeBytes(card)
  if (card.memoryTotalBytes === null) return null
  return (
    <>
      <CardMemoryBar card={card} loaded={loaded} />
      <div className={classes.legend}>
        {parts.map(({ text, color }) => (
          <span key={text} className={classes.part}>
            <span className={classes.partSwatch} style={{ background: color }} aria-hidden />
            <LongName>{text}</LongName>
          </span>
        ))}
        {free === null ? null : (
          <span className={classes.free}>{t('words.cards.free', { memory: formatMemory(free) })}</span>
        )}
      </div>
    </>
  )
}

/** The same without its words, for where a card takes one line. */
export function CardMemoryBar({ card, loaded }: Props) {
  const parts = useNamedParts({ card, loaded })
  const total = card.memoryTotalBytes
  if (total === null) return null
  return (
    <MemoryBar
      label={parts.map(({ text }) => text).join(', ')}
      parts={parts.map(({ sizeBytes, color }) => ({ share: sizeBytes / total, color }))}
    />
  )
}

function useNamedParts({ card, loaded }: Props) {
  const { t } = useTranslation()
  return memoryParts(card, loaded).map((part, place) => ({
    ...part,
    color: colorOf(part, place, gpuColor(card.index)),
    text: `${part.kind === 'model' ? part.name : t(`words.cards.memory.${part.kind}`)} ${formatGibibytes(part.sizeBytes)}`,
  }))
}

function colorOf({ kind }: MemoryPart, place: number, color: string): string {
  if (kind === 'reserved') {
    return 'repeating-linear-gradient(135deg, var(--faint) 0 1.5px, transparent 1.5px 4px)'
  }
  const strength = kind === 'other' ? 35 : (strengths[Math.min(place, strengths.length - 1)] ?? 50)
  return `color-mix(in srgb, ${color} ${strength}%, var(--card))`
}
