import { useTranslation } from 'react-i18next'
import type { Gpus } from '../../../shared/contract/gpus'
import { formatCount } from '../../format/numbers'
import { useFormat } from '../../format/use-format'
import { models } from '../../stores/models'

const busyPercent = 5

/** The state of all cards in one line. */
export function GpusSentence({ gpus: { state, cards, driverVersion } }: { gpus: Gpus }) {
  const { t } = useTranslation()
  const format = useFormat()
  const loaded = models.useValue()?.loaded ?? []
  if (state === 'probing') return t('gpus.sentence.probing')
  if (state !== 'watching') return t('gpus.sentence.none')
  const living = cards.filter(({ latest }) => latest !== null)
  const busy = living.filter(({ latest }) => (latest?.utilizationPercent ?? 0) >= busyPercent)
  const names = loaded
    .filter((model) => model.cards.some(({ uuid }) => busy.some((card) => card.uuid === uuid)))
    .map(({ name }) => shortName(name))
  const watts = living.map(({ latest }) => latest?.powerWatts ?? null)
  const isKnown = watts.length > 0 && watts.every((value) => value !== null)
  const total = watts.reduce<number>((sum, value) => sum + (value ?? 0), 0)
  const lostCount = cards.filter(({ lostReason }) => lostReason !== null).length
  const isBoth = living.length === 2
  const idle = isBoth ? 'idleBoth' : 'idle'
  const all = isBoth ? 'allBoth' : 'all'
  const what = busy.length === 0 ? idle : busy.length === living.length ? all : 'some'
  const count = what === 'some' ? busy.length : living.length
  return format.sentences([
    living.length === 0
      ? null
      : t(`gpus.sentence.${what}`, {
          count,
          on: names.length > 0 ? t('gpus.sentence.on', { models: format.list(names) }) : '',
          power: isKnown
            ? t('gpus.sentence.power', { count: living.length, watts: formatCount(Math.round(total)) })
            : '',
        }),
    lostCount > 0 ? t('gpus.sentence.lost', { count: lostCount }) : null,
    driverVersion ? t('gpus.sentence.driver', { version: driverVersion }) : null,
  ])
}

/** "llama3.3:70b" of "llama3.3:70b-instruct-q4_K_M", and the last part of an address. */
const shortName = (name: string) => name.replace(/^.*\//, '').replace(/^([^:]+:[^-]+)-.*$/, '$1')
