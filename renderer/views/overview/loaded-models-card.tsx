import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { LoadedModel } from '../../../shared/contract/models'
import { useAction } from '../../actions/use-action'
import { gpuColor } from '../../charts/colors'
import { BusyButton } from '../../components/busy-button'
import { Card } from '../../components/card'
import { LongName } from '../../components/long-name/long-name'
import { MemoryBar } from '../../components/memory-bar'
import { formatGibibytes, formatMemory } from '../../format/sizes'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import { gpus } from '../../stores/gpus'
import { models, unloadModel } from '../../stores/models'
import classes from './loaded-models-card.module.css'
import { TitleLink } from './title-link'

/** What is in memory, on which card, until when. */
export function LoadedModelsCard() {
  const { t } = useTranslation()
  const state = models.useValue()
  const loaded = state?.loaded ?? []
  return (
    <Card title={<TitleLink href="/models">{t('overview.loaded.title')}</TitleLink>}>
      {loaded.length === 0 ? (
        <p className={classes.empty}>
          {t(state?.state === 'no-server' ? 'overview.loaded.noServer' : 'overview.loaded.empty')}
        </p>
      ) : (
        loaded.map((model) => <Loaded key={model.name} model={model} />)
      )}
    </Card>
  )
}

function Loaded({ model }: { model: LoadedModel }) {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1000)
  const unload = useAction(() => unloadModel(model.name))
  const cards = gpus.useValue()?.cards ?? []
  const onProcessor = model.sizeBytes - model.vramBytes
  return (
    <div className={classes.model}>
      <div className={classes.head}>
        <LongName className={classes.name}>{model.name}</LongName>
        <span className={classes.note}>
          {onProcessor > 0 && model.vramBytes > 0
            ? t('overview.loaded.split', { memory: formatMemory(onProcessor) })
            : model.vramBytes === 0
              ? t('overview.loaded.processor')
              : formatMemory(model.sizeBytes)}
        </span>
        <span className={classes.until}>
          {model.expiresAtMs === null
            ? t('overview.loaded.forever')
            : t('overview.loaded.unloads', { age: format.duration(Math.max(0, model.expiresAtMs - now)) })}
        </span>
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
    </div>
  )
}
