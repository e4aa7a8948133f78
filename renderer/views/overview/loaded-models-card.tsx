import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LoadedModel } from '../../../shared/contract/models'
import { heldMemory } from '../../../shared/ollama/held-memory'
import { useAction } from '../../actions/use-action'
import { gpuColor } from '../../charts/colors'
import { BusyButton } from '../../components/busy-button'
import { Card } from '../../components/card'
import { LongName } from '../../components/long-name/long-name'
import { MemoryBar } from '../../components/memory-bar'
import { formatGibibytes, formatMemory } from '../../format/sizes'
import { useStay } from '../../parts/stay'
import { gpus } from '../../stores/gpus'
import { models, unloadModel } from '../../stores/models'
import classes from './loaded-models-card.module.css'
import { TitleLink } from './title-link'

/** What is in memory, on which card, until when. */
export function LoadedModelsCard() {
  const { t } = useTranslation()
  const state = models.useValue()
  const loaded = state?.loaded ?? []
  const gone = state?.gone ?? []
  return (
    <Card title={<TitleLink href="/models">{t('overview.loaded.title')}</TitleLink>}>
      {loaded.map((model) => (
        <Loaded key={model.name} model={model} />
      ))}
      {gone.map((name) => (
        <Gone key={name} name={name} />
      ))}
      {loaded.length + gone.length === 0 ? (
        <p className={classes.empty}>
          {t(state?.state === 'no-server' ? 'overview.loaded.noServer' : 'overview.loaded.empty')}
        </p>
      ) : null}
    </Card>
  )
}

function Loaded({ model }: { model: LoadedModel }) {
  const { t } = useTranslation()
  const unload = useAction(() => unloadModel(model.name))
  const stay = useStay(model.stay, {
    until: (age) => t('overview.loaded.unloads', { age }),
    forEver: t('overview.loaded.forever'),
  })
  const { totalBytes, cardShare, systemBytes } = heldMemory(model)
  return (
    <div className={classes.model}>
      <div className={classes.head}>
        <LongName className={classes.name}>{model.name}</LongName>
        <span className={classes.note} title={usePartsHint(model)}>
          {cardShare === 0
            ? `${formatMemory(totalBytes)} ${t('overview.loaded.processor')}`
            : cardShare !== null && cardShare < 1
              ? t('overview.loaded.split', { whole: formatMemory(totalBytes), memory: formatMemory(systemBytes) })
              : formatMemory(totalBytes)}
        </span>
        <span className={classes.until}>{stay.text}</span>
        <BusyButton
          flex="none"
          variant="subtle"
          color="gray"
          size="compact-sm"
          leftSection={<IconX size={14} />}
          isBusy={unload.isRunning}
          onClick={() => void unload.run()}
        >
          {t('overview.loaded.unload')}
        </BusyButton>
      </div>
      {stay.hint ? <p className={classes.empty}>{stay.hint}</p> : null}
      <CardsOf model={model} />
    </div>
  )
}

/** What of its memory is not the model's own. */
function usePartsHint(model: LoadedModel): string | undefined {
  const { t } = useTranslation()
  const { driverBytes } = heldMemory(model)
  if (driverBytes === 0 || model.sizeBytes === null) return undefined
  return t('words.heldParts', {
    model: formatGibibytes(model.sizeBytes),
    driver: formatGibibytes(driverBytes),
  })
}

function CardsOf({ model }: { model: LoadedModel }) {
  const { t } = useTranslation()
  const cards = gpus.useValue()?.cards ?? []
  return (
    <div className={classes.cards}>
      {cards.map((card) => {
        const used = model.cards.find((place) => place.uuid === card.uuid)?.usedBytes ?? null
        if (used === null) return null
        return (
          <div key={card.uuid}>
            <div className={classes.card}>
              <span className={classes.note}>GPU {card.index}</span>
              <span>
                {formatGibibytes(used)}{' '}
                <span className={classes.note}>
                  {t('overview.loaded.of', { memory: formatMemory(card.memoryTotalBytes) })}
                </span>
              </span>
            </div>
            {card.memoryTotalBytes === null ? null : (
              <MemoryBar parts={[{ share: used / card.memoryTotalBytes, color: gpuColor(card.index) }]} />
            )}
          </div>
        )
      })}
    </div>
  )
}

/** One that the server still lists, and that nobody holds. */
function Gone({ name }: { name: string }) {
  const { t } = useTranslation()
  return (
    <div className={classes.model}>
      <div className={classes.head}>
        <LongName className={classes.name}>{name}</LongName>
        <span className={classes.until}>{t('words.stay.gone')}</span>
      </div>
      <p className={classes.empty}>{t('words.stay.goneHint')}</p>
    </div>
  )
}
