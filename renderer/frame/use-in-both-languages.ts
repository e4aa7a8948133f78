import type { ParseKeys } from 'i18next'
import { useTranslation } from 'react-i18next'

type Say = (key: string, values: Record<string, string>) => string

/** What a text says in English and in Chinese: people look for a word of either, whichever is shown. */
export function useInBothLanguages() {
  const { i18n } = useTranslation()
  const english = i18n.getFixedT('en') as Say
  const chinese = i18n.getFixedT('zh-CN') as Say
  return (key: ParseKeys, values: Record<string, string> = {}): string[] => [english(key, values), chinese(key, values)]
}
