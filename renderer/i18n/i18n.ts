import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'en' | 'zh-CN'

type Texts = Record<string, Record<string, unknown>>

const english = import.meta.glob<Record<string, unknown>>('./en/*.json', { eager: true, import: 'default' })
const chinese = import.meta.glob<Record<string, unknown>>('./zh-CN/*.json', { import: 'default' })

const topic = (path: string) => path.replace(/^.*\/|\.json$/g, '')

const inEnglish: Texts = Object.fromEntries(Object.entries(english).map(([path, texts]) => [topic(path), texts]))

async function loadChinese(): Promise<Texts> {
  const loaded = await Promise.all(Object.entries(chinese).map(async ([path, load]) => [topic(path), await load()]))
  return Object.fromEntries(loaded) as Texts
}

/** English is in the page; Chinese is fetched when it is asked for. A text's key is its file and its place in it. */
export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: inEnglish } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  await speak(language)
}

export async function speak(language: Language): Promise<void> {
  if (language === 'zh-CN' && !i18next.hasResourceBundle('zh-CN', 'translation')) {
    i18next.addResourceBundle('zh-CN', 'translation', await loadChinese())
  }
  if (i18next.language !== language) await i18next.changeLanguage(language)
  document.documentElement.lang = language
}

/** The language of the system, as far as we speak it. */
export const systemLanguage = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')
