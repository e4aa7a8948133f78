import { useTranslation } from 'react-i18next'
import type { Language } from '../i18n/i18n'
import { formatDay, formatDuration, formatMoment } from './times'

/** The formats that depend on the language, in the language of the page. */
export function useFormat() {
  const language = useTranslation().i18n.language as Language
  return {
    duration: (durationMs: number | null) => formatDuration(durationMs, language),
    moment: (atMs: number) => formatMoment(atMs, language),
    day: (atMs: number) => formatDay(atMs, language),
    /** Words side by side; Chinese has a comma of its own for them. */
    list: (words: readonly string[]) => words.join(language === 'zh-CN' ? '、' : ', '),
    /** Sentences one after the other; Chinese has no space between them. */
    sentences: (parts: readonly (string | null | false)[]) =>
      parts.filter(Boolean).join(language === 'zh-CN' ? '' : ' '),
    /** Statements without their full stops, to stand before one. */
    statements: (parts: readonly string[]) => parts.join(language === 'zh-CN' ? '；' : '. '),
    /** A sentence, to follow one that is there already. */
    next: (sentence: string) => (sentence === '' || language === 'zh-CN' ? sentence : ` ${sentence}`),
  }
}
