import { useTranslation } from 'react-i18next'
import type { Gpu } from '../../../shared/contract/gpus'
import type { LoadedModel } from '../../../shared/contract/models'
import { Card } from '../../components/card'
import { unknown } from '../../format/numbers'
import { formatMemory } from '../../format/sizes'
import { useFormat } from '../../format/use-format'
import { useNow } from '../../format/use-now'
import classes from './in-memory.module.css'

type Props = { cards: readonly Gpu[]; loaded: readonly LoadedModel[]; isDimmed: boolean }

/** What is in memory on which card: the models first, then whoever else holds some. */
export function InMemory({ cards, loaded, isDimmed }: Props) {
  const { t } = useTranslation()
  const nowMs = useNow(1000)
  const runners = new Set(loaded.map(({ runnerPid }) => runnerPid))
  const others = othersOn(cards).filter(({ pid }) => !runners.has(pid))
  return (
    <Card isFlush isDimmed={isDimmed}>
      <div className={classes.scroll}>
        <table className={classes.table}>
          <thead>
            <tr>
              <th>{t('gpus.inMemory.title')}</th>
              <th data-number>{t('gpus.inMemory.pid')}</th>
              {cards.map(({ uuid, index }) => (
                <th key={uuid} data-number>
                  GPU {index}
                </th>
              ))}
              <th data-number>{t('gpus.inMemory.system')}</th>
              <th data-number>{t('gpus.inMemory.unloads')}</th>
            </tr>
          </thead>
          <tbody>
            {loaded.map((model) => (
              <ModelRow key={model.name} model={model} cards={cards} nowMs={nowMs} />
            ))}
            {others.map(({ pid, name, byCard }) => (
              <tr key={pid} className={classes.other}>
                <th scope="row">{name}</th>
                <td>{pid}</td>
                {cards.map(({ uuid }) => (
                  <td key={uuid}>{byCard.has(uuid) ? formatMemory(byCard.get(uuid) ?? null) : ''}</td>
                ))}
                <td />
                <td />
              </tr>
            ))}
            {loaded.length + others.length === 0 ? (
              <tr>
                <td colSpan={cards.length + 4} className={classes.empty}>
                  {t('gpus.inMemory.empty')}
                </td>
              </tr>
            ) : null}
          </tbody>
        </table>
      </div>
    </Card>
  )
}

function ModelRow({ model, cards, nowMs }: { model: LoadedModel; cards: readonly Gpu[]; nowMs: number }) {
  const { t } = useTranslation()
  const format = useFormat()
  const { name, runnerPid, sizeBytes, vramBytes, expiresAtMs } = model
  const isPlaced = model.cards.length > 0
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>{runnerPid ?? unknown}</td>
      {isPlaced ? (
        cards.map(({ uuid }) => <td key={uuid}>{memoryOn(model, uuid)}</td>)
      ) : (
        <td colSpan={cards.length} title={t('gpus.inMemory.unplacedHint')}>
          {t('gpus.inMemory.unplaced', { memory: formatMemory(vramBytes) })}
        </td>
      )}
      <td>{sizeBytes > vramBytes ? formatMemory(sizeBytes - vramBytes) : '0 GiB'}</td>
      <td>{expiresAtMs === null ? t('gpus.inMemory.never') : format.duration(Math.max(0, expiresAtMs - nowMs))}</td>
    </tr>
  )
}

function memoryOn(model: LoadedModel, uuid: string): string {
  const usedBytes = model.cards.find((card) => card.uuid === uuid)?.usedBytes
  return usedBytes === undefined ? '' : formatMemory(usedBytes)
}

type Other = { pid: number; name: string; byCard: Map<string, number | null> }

function othersOn(cards: readonly Gpu[]): Other[] {
  const found = new Map<number, Other>()
  for (const { uuid, processes } of cards) {
    for (const { pid, name, usedBytes } of processes) {
      const other = found.get(pid) ?? { pid, name, byCard: new Map() }
      other.byCard.set(uuid, usedBytes)
      found.set(pid, other)
    }
  }
  return [...found.values()]
}
