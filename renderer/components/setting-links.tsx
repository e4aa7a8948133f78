import { useTranslation } from 'react-i18next'
import { blamedSettings } from '../../shared/ollama/blamed-settings'
import type failures from '../i18n/en/failure.json'

/** Ways to the settings that a failure comes from; nothing where it comes from none. Works outside the router too. */
export function SettingLinks({ code }: { code: keyof typeof failures }) {
  const { t } = useTranslation()
  const blamed = (blamedSettings as Partial<Record<keyof typeof failures, (typeof blamedSettings)['cacheNeedsFlash']>>)[
    code
  ]
  return (blamed ?? []).map((id, place) => (
    <span key={id}>
      {place === 0 ? '' : ' · '}
      <a href={`#/server/settings/${id}`}>{t(`words.settings.${id}`)}</a>
    </span>
  ))
}
