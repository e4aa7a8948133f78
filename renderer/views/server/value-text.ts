import { useTranslation } from 'react-i18next'
import type { Setting } from '../../../shared/ollama/settings'
import { shortDuration } from '../../../shared/ollama/value-reading'
import { formatCount } from '../../format/numbers'
import { formatMemory } from '../../format/sizes'
import type server from '../../i18n/en/server.json'

/** The word for a default that is no value of its own, `[auto]` in brackets; null for one that is. */
export function useDefaultWord(): (standard: string) => string | null {
  const { t } = useTranslation()
  return (standard) => {
    const word = /^\[(\w+)\]$/.exec(standard)?.[1]
    return word === undefined ? null : t(`server.defaults.${word as keyof typeof server.defaults}`)
  }
}

/** A value as people read it: on and off, thousands apart, GiB; a default in brackets is a word. */
export function useValueText(setting: Setting): (value: string) => string {
  const { t } = useTranslation()
  const defaultWord = useDefaultWord()
  return (value) => {
    const word = defaultWord(value)
    if (word !== null) return word
    if (value === 'auto') return t('server.defaults.auto')
    if (setting.kind === 'switch') {
      if (/^(1|true|t|on|debug(-4)?|[2-9])$/i.test(value)) return t('server.on')
      if (/^(0|false|f|off|info)$/i.test(value)) return t('server.off')
    }
    if (setting.kind === 'duration') return shortDuration(value)
    if (setting.kind === 'count' && /^\d+$/.test(value)) return formatCount(Number(value))
    if (setting.kind === 'bytes' && /^\d+$/.test(value)) return value === '0' ? '0' : formatMemory(Number(value))
    return value
  }
}
