import { useTranslation } from 'react-i18next'
import type { Gpu } from '../../../shared/contract/gpus'
import type { LoadedModel } from '../../../shared/contract/models'
import { heldMemory } from '../../../shared/ollama/held-memory'
import { Card } from '../../components/card'
import { LongName } from '../../components/long-name/long-name'
import { Table } from '../../components/table/table'
import { unknown } from '../../format/numbers'
import { formatMemory } from '../../format/sizes'
import { useStay } from '../../parts/stay'
import classes from './in-memory.module.css'

type Props = { cards: readonly Gpu[]; loaded: readonly LoadedModel[]; isDimmed: boolean }

/** What is in memory on which card: the models first, then whoever else holds some. */
export function InMemory({ cards, loaded, isDimmed }: Props) {
  const { t } = useTranslation()
  const runners = new Set(loaded.map(({ runnerPid }) => runnerPid))
  const others = othersOn(cards).filter(({ pid }) => !runners.has(pid))
  return (
    <Card isFlush isDimmed={isDimmed}>
      <div className={classes.scroll}>
        <Table
          className={classes.table}
          columns={[
            { id: 'name', head: t('gpus.inMemory.title') },
            { id: 'pid', head: t('gpus.inMemory.pid'), isNumber: true, drop: 3 as const },
            ...cards.map(({ uuid, index }) => ({ id: uuid, head: `GPU ${index}`, isNumber: true })),
            { id: 'system', head: t('gpus.inMemory.system'), isNumber: true },
            { id: 'unloads', head: t('gpus.inMemory.unloads'), isNumber: true },
          ]}
          isSticky
        >
          <tbody>
            {loaded.map((model) => (
              <ModelRow key={model.name} model={model} cards={cards} />
            ))}
            {others.map(({ pid, name, byCard }) => (
              <tr key={pid} className={classes.other}>
                <th scope="row">
                  <LongName>{name || unknown}</LongName>
                </th>
                <td data-number data-drop={3}>
                  {pid}
                </td>
                {cards.map(({ uuid }) => (
                  <td data-number key={uuid}>
                    {byCard.has(uuid) ? formatMemory(byCard.get(uuid) ?? null) : ''}
                  </td>
                ))}
                <td />
                <td />
              </tr>
            ))}
            {loaded.length + others.length === 0 ? (
              <tr>
                <td colSpan={cards.length + 4} data-muted>
                  {t('gpus.inMemory.empty')}
                </td>
              </tr>
            ) : null}
          </tbody>
        </Table>
      </div>
    </Card>
  )
}

function ModelRow({ model, cards }: { model: LoadedModel; cards: readonly Gpu[] }) {
  const { t } = useTranslation()
  const { name, runnerPid } = model
  const { cardBytes, systemBytes } = heldMemory(model)
  const stay = useStay(model.stay, { until: (age) => age, forEver: t('gpus.inMemory.never') })
  const isPlaced = model.cards.length > 0
  return (
    <tr>
      <th scope="row">
        <LongName>{name}</LongName>
      </th>
      <td data-number data-drop={3}>
        {runnerPid ?? unknown}
      </td>
      {isPlaced ? (
        cards.map(({ uuid }) => (
          <td data-number key={uuid}>
            {memoryOn(model, uuid)}
          </td>
        ))
      ) : (
        <td data-number colSpan={cards.length} title={t('gpus.inMemory.unplacedHint')}>
          {t('gpus.inMemory.unplaced', { memory: formatMemory(cardBytes) })}
        </td>
      )}
      <td data-number>{formatMemory(systemBytes)}</td>
      <td data-number title={stay.hint ?? undefined}>
        {stay.text}
      </td>
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
