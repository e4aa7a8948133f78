import { useTranslation } from 'react-i18next'
import type { Gpus } from '../../../shared/contract/gpus'
import { formatGibibytes, formatMemory } from '../../format/sizes'
import { useFormat } from '../../format/use-format'
import { lookForGpus } from '../../stores/gpus'
import { ChecklistRow } from './checklist-row'
import { LookAgain } from './look-again'

/** Step 1: which cards there are. None is no error: Ollama then answers from the processor. */
export function GpuRow({ gpus }: { gpus: Gpus | null }) {
  const { t } = useTranslation()
  const format = useFormat()
  const again = <LookAgain label={t('overview.gpu.again')} look={lookForGpus} />
  if (!gpus || gpus.state === 'probing') {
    return <ChecklistRow number={1} state="current" title={t('overview.gpu.title')} note={t('overview.gpu.probing')} />
  }
  const [first] = gpus.cards
  if (!first) {
    return (
      <ChecklistRow
        number={1}
        state={gpus.state === 'failed' ? 'caution' : 'absent'}
        title={t('overview.gpu.none')}
        note={t(`overview.gpu.reasons.${gpus.reason ?? 'other'}`)}
        sentence={t('overview.gpu.noneSentence')}
        aside={again}
      />
    )
  }
  const total = gpus.cards.reduce((sum, card) => sum + (card.sharesMemory ? 0 : (card.memoryTotalBytes ?? 0)), 0)
  const isAlike = !first.sharesMemory && gpus.cards.every((card) => card.name === first.name)
  return (
    <ChecklistRow
      number={1}
      state="done"
      title={t('overview.gpu.found', { count: gpus.cards.length })}
      note={
        isAlike
          ? t('overview.gpu.alike', {
              name: first.name,
              count: gpus.cards.length,
              memory: formatMemory(first.memoryTotalBytes),
            })
          : gpus.cards
              .map(({ name, memoryTotalBytes, sharesMemory }) => {
                const memory = formatMemory(memoryTotalBytes)
                return sharesMemory ? t('overview.gpu.shared', { name, memory }) : `${name}, ${memory}`
              })
              .join(' · ')
      }
      sentence={format.sentences([
        gpus.driverVersion ? t('overview.gpu.driver', { version: gpus.driverVersion }) : null,
        total > 0 ? t('overview.gpu.together', { memory: formatGibibytes(total) }) : null,
      ])}
      aside={again}
    />
  )
}
