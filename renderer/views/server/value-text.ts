import { useTranslation } from 'react-i18next'
import type { Setting } from '../../../shared/ollama/settings'
import { formatCount } from '../../format/numbers'
import { formatMemory } from '../../format/sizes'

/** A value as people read it: on and off, thousands apart, GiB; a default in brackets is a word. */
export function useValueText(setting: Setting): (value: string) => string {
  const { t } = useTranslation()
  return (value) => {
    const word = /^\[(\w+)\]$/.exec(value)?.[1]
    if (word) return t(`server.defaults.${word}`)
    if (value === 'auto') return t('server.defaults.auto')
    if (setting.kind === 'switch') {
      if (/^(1|true|t|on|debug)$/i.test(value)) return t('server.on')
      if (/^(0|false|f|off|info)$/i.test(value)) return t('server.off')
    }
    if (setting.kind === 'count' && /^\d+$/.test(value)) return formatCount(Number(value))
    if (setting.kind === 'bytes' && /^\d+$/.test(value)) return value === '0' ? '0' : formatMemory(Number(value))
    return value
  }
}
