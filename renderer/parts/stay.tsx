import { useTranslation } from 'react-i18next'
import type { LoadedModel } from '../../shared/contract/models'
import { unknown } from '../format/numbers'
import { useFormat } from '../format/use-format'
import { useNow } from '../format/use-now'

type Words = {
  /** When it unloads by itself, in so long. */
  until: (age: string) => string
  forEver: string
}

/** How long a model stays, and where that needs a word more, that word. The two usual cases are said as their place does. */
export function useStay(stay: LoadedModel['stay'], { until, forEver }: Words): { text: string; hint: string | null } {
  const { t } = useTranslation()
  const format = useFormat()
  const now = useNow(1000)
  switch (stay.kind) {
    case 'until':
      return { text: until(leftWords(stay.atMs - now, format.duration)), hint: null }
    case 'for-ever':
      return { text: forEver, hint: null }
    case 'unknown':
      return { text: unknown, hint: t('words.stay.unknownHint') }
    case 'in-use':
      return { text: t('words.stay.inUse'), hint: null }
    case 'after-answer':
      return { text: t('words.stay.afterAnswer'), hint: null }
    case 'unloading':
      return { text: t('words.stay.unloading', { age: format.duration(Math.max(0, now - stay.sinceMs)) }), hint: null }
    case 'stuck': {
      const age = format.duration(now - stay.sinceMs)
      return { text: t('words.stay.stuck', { age }), hint: t('words.stay.stuckHint', { age }) }
    }
  }
}

/** Past a minute its seconds say nothing. */
const leftWords = (leftMs: number, format: (durationMs: number) => string) =>
  format(leftMs > 60_000 ? Math.floor(leftMs / 60_000) * 60_000 : Math.max(0, leftMs))

/** Whether a model is on its way out of memory, or should be. */
export const isLeaving = ({ kind }: LoadedModel['stay']) =>
  kind === 'after-answer' || kind === 'unloading' || kind === 'stuck'
