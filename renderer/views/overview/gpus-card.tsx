import { Skeleton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Gpu, Gpus } from '../../../shared/contract/gpus'
import type { LoadedModel } from '../../../shared/contract/models'
import { gpuColor } from '../../charts/colors'
import { Card } from '../../components/card'
import { Chip } from '../../components/chip'
import { Table } from '../../components/table/table'
import { useFormat } from '../../format/use-format'
import { CardMemoryBar } from '../../parts/card-memory-bar'
import { useCardReadings } from '../../parts/use-card-readings'
import { gpus } from '../../stores/gpus'
import { models } from '../../stores/models'
import classes from './gpus-card.module.css'
import { TitleLink } from './title-link'

/** Every card in a line, busy or not: what it does, whose memory it holds, what it draws and how warm it is. */
export function GpusCard() {
  const { t } = useTranslation()
  const { value, isStale } = gpus.use((state) => state)
  return (
    <Card title={<TitleLink href="/gpus">{t('frame.screens.gpus')}</TitleLink>} isDimmed={isStale}>
      {value && value.state !== 'probing' ? (
        <Cards gpus={value} />
      ) : (
        <Skeleton height={64} radius={4} animate={false} />
      )}
    </Card>
  )
}

function Cards({ gpus: { cards, unreachable, reason } }: { gpus: Gpus }) {
  const { t } = useTranslation()
  const format = useFormat()
  const loaded = models.useValue()?.loaded ?? []
  if (cards.length + unreachable.length === 0) {
    const why = reason ?? 'other'
    return (
      <p className={classes.none}>
        {format.sentences([t(`words.cards.none.${why}.what`), t(`words.cards.none.${why}.todo`)])}
      </p>
    )
  }
  return (
    <>
      <Table
        className={classes.table}
        columns={[
          { id: 'card', head: t('overview.gpus.card') },
          { id: 'utilization', head: t('words.cards.quantities.utilizationPercent') },
          { id: 'memory', head: t('words.cards.quantities.memoryUsedBytes') },
          { id: 'used', head: t('overview.gpus.used') },
          { id: 'power', head: t('words.cards.quantities.powerWatts') },
          { id: 'temperature', head: t('words.cards.core') },
        ].map((column) => ({ ...column, className: classes[column.id], isUnseen: true }))}
      >
        <tbody>
          {cards.map((card) => (
            <CardRow key={card.uuid} card={card} loaded={loaded} />
          ))}
          {unreachable.map(({ card }) => (
            <tr key={card}>
              <th scope="row" data-cut>
                {t('words.cards.unreachable', { card })}
              </th>
              <Lost />
            </tr>
          ))}
        </tbody>
      </Table>
      {cards
        .filter(({ sharesMemory }) => sharesMemory)
        .map(({ uuid, index }) => (
          <p key={uuid} className={classes.none}>
            GPU {index} {t('words.cards.shares')}
          </p>
        ))}
    </>
  )
}

function CardRow({ card, loaded }: { card: Gpu; loaded: readonly LoadedModel[] }) {
  const { utilization, memory, power, temperature } = useCardReadings(card)
  return (
    <tr>
      <th scope="row" data-cut title={card.name}>
        <span className={classes.swatch} style={{ background: gpuColor(card.index) }} aria-hidden />
        GPU {card.index} <span className={classes.name}>{card.name}</span>
      </th>
      {card.lostReason ? (
        <Lost />
      ) : (
        <>
          <Reading {...utilization} />
          <td className={classes.bar}>
            <CardMemoryBar card={card} loaded={loaded} />
          </td>
          <Reading {...memory} />
          <Reading {...power} />
          <Reading {...temperature} />
        </>
      )}
    </tr>
  )
}

function Reading({ value, unit }: { value: string; unit: string }) {
  return (
    <td data-number data-muted>
      <b className={classes.value}>{value}</b> {unit}
    </td>
  )
}

/** Why, and what brings it back, stands with what needs the user. */
function Lost() {
  const { t } = useTranslation()
  return (
    <td colSpan={5} data-number>
      <Chip tone="bad">{t('words.cards.lost')}</Chip>
    </td>
  )
}
