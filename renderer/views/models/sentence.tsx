import { useTranslation } from 'react-i18next'
import type { Models } from '../../../shared/contract/models'
import { formatSize } from '../../format/sizes'
import { machine } from '../../stores/machine'

/** How many models there are, how large, what is free, and how many are loaded. */
export function Sentence({ models: { state, installed, loaded } }: { models: Models }) {
  const { t } = useTranslation()
  const disk = machine.useValue()
  if (state === 'no-server') return t('models.sentence.noServer')
  if (installed.length === 0) return t(state === 'ready' ? 'models.sentence.none' : 'models.waiting')
  const size = formatSize(installed.reduce((sum, { sizeBytes }) => sum + (sizeBytes ?? 0), 0))
  const free = disk?.diskFreeBytes ?? null
  return [
    t('models.sentence.installed', { count: installed.length, size }),
    free === null ? '' : t('models.sentence.free', { free: formatSize(free) }),
    t(loaded.length === 0 ? 'models.sentence.noneLoaded' : 'models.sentence.loaded', { count: loaded.length }),
  ].join('')
}
