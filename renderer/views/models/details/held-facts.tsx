import { useTranslation } from 'react-i18next'
import type { LoadedModel } from '../../../../shared/contract/models'
import { gpuColor } from '../../../charts/colors'
import { Facts } from '../../../components/facts'
import { MemoryBar } from '../../../components/memory-bar'
import { formatCount, formatPercent } from '../../../format/numbers'
import { formatMemory } from '../../../format/sizes'
import { useFormat } from '../../../format/use-format'
import { useNow } from '../../../format/use-now'
import { gpus } from '../../../stores/gpus'
import classes from './details-panel.module.css'

/** Where a model lies in memory and how long it stays. */
export function HeldFacts({ held }: { held: LoadedModel | null }) {
  const { t } = useTranslation()
  if (!held) {
    return (
      <div className={classes.held}>
        <p className={classes.none}>{t('models.details.notLoaded')}</p>
      </div>
    )
  }
  const share = held.sizeBytes > 0 ? held.vramBytes / held.sizeBytes : 0
  return (
    <div className={classes.held}>
      <Cards held={held} />
      <Facts
        facts={[
          [t('models.details.memory'), formatMemory(held.sizeBytes)],
          [t('models.details.share'), formatPercent(share)],
          [t('models.details.perRequest'), formatCount(held.contextLength)],
          [t('models.details.unloads'), <Until key="until" expiresAtMs={held.expiresAtMs} />],
        ]}
      />
    </div>
  )
}

/** A bar a card, where process ids tell which card holds it. */
function Cards({ held }: { held: LoadedModel }) {
  const cards = gpus.useValue()?.cards ?? []
  return cards.map(({ uuid, index, memoryTotalBytes }) => {
    const used = held.cards.find((place) => place.uuid === uuid)?.usedBytes
    if (used === undefined) return null
    return (
      <div key={uuid} className={classes.card}>
        <div className={classes.cardLine}>
          <span className={classes.note}>GPU {index}</span>
          <span>{formatMemory(used)}</span>
        </div>
        {memoryTotalBytes === null ? null : (
          <MemoryBar
            parts={[{ share: used / memoryTotalBytes, color: gpuColor(index) }]}
            label={`GPU ${index}: ${formatMemory(used)} / ${formatMemory(memoryTotalBytes)}`}
          />
        )}
      </div>
    )
  })
}

function Until({ expiresAtMs }: { expiresAtMs: number | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1000)
  if (expiresAtMs === null) return t('models.held.never')
  return expiresAtMs <= now
    ? t('models.held.answering')
    : t('models.held.in', { age: format.duration(expiresAtMs - now) })
}
