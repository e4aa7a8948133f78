import { useTranslation } from 'react-i18next'
import type { LoadedModel } from '../../../../shared/contract/models'
import { heldMemory } from '../../../../shared/ollama/held-memory'
import { gpuColor } from '../../../charts/colors'
import { Facts } from '../../../components/facts'
import { MemoryBar } from '../../../components/memory-bar'
import { formatCount, formatPercent } from '../../../format/numbers'
import { formatGibibytes, formatMemory } from '../../../format/sizes'
import { useStay } from '../../../parts/stay'
import { gpus } from '../../../stores/gpus'
import type { ModelRow } from '../list/sort-models'
import classes from './details-panel.module.css'

type Props = { row: ModelRow; usesCards: boolean | null }

/** Where a model lies in memory and how long it stays. */
export function HeldFacts({ row: { held, isGone }, usesCards }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.held}>
      {held ? (
        <Held held={held} usesCards={usesCards} />
      ) : (
        <p className={classes.none}>{t(isGone ? 'words.stay.goneHint' : 'models.details.notLoaded')}</p>
      )}
    </div>
  )
}

function Held({ held, usesCards }: { held: LoadedModel; usesCards: boolean | null }) {
  const { t } = useTranslation()
  const { totalBytes, driverBytes, cardShare } = heldMemory(held)
  const whole = formatMemory(totalBytes)
  const stay = useStay(held.stay, {
    until: (age) => t('models.held.in', { age }),
    forEver: t('models.held.never'),
  })
  return (
    <>
      <Cards held={held} />
      <Facts
        facts={[
          [
            t('models.details.memory'),
            driverBytes > 0 && held.sizeBytes !== null
              ? t('models.details.memoryParts', {
                  whole,
                  model: formatGibibytes(held.sizeBytes),
                  driver: formatGibibytes(driverBytes),
                })
              : whole,
          ],
          usesCards === false
            ? [t('models.details.runsOn'), t('models.held.processor')]
            : [t('models.details.share'), formatPercent(cardShare)],
          [t('models.details.perRequest'), formatCount(held.contextLength)],
          [t('models.details.unloads'), stay.text],
        ]}
      />
      {stay.hint ? <p className={classes.none}>{stay.hint}</p> : null}
    </>
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
