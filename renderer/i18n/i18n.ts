import i18next from 'i18next'
import { initReactI18next } from 'react-i18next'

export type Language = 'en' | 'zh-CN'

const languages: readonly Language[] = ['en', 'zh-CN']

type Texts = { [key: string]: string | Texts }

/** What is said outside of the screens is in the page in English, so that something can always be said. */
const everywhere = ['frame', 'words', 'failure', 'markdown']
const inPage = import.meta.glob<Texts>('./en/{frame,words,failure,markdown}.json', { eager: true, import: 'default' })
const onDemand = import.meta.glob<Texts>(['./{en,zh-CN}/**/*.json', '!./en/{frame,words,failure,markdown}.json'], {
  import: 'default',
})

/** What may be on screen: it is there in a language before that is spoken. */
const topics = new Set(everywhere)
const arrived = new Set<string>()
let wanted: Language = 'en'

/** Begins in English and goes on in the language asked for. */
export async function startTexts(language: Language): Promise<void> {
  await i18next.use(initReactI18next).init({
    lng: 'en',
    fallbackLng: 'en',
    resources: { en: { translation: {} } },
    interpolation: { escapeValue: false },
    returnNull: false,
  })
  for (const [path, texts] of Object.entries(inPage)) add(path, texts)
  for (const topic of everywhere) arrived.add(`en/${topic}`)
  await speak(language)
}

/** Fetches the texts of a screen; from now on they come along with every change of the language. */
export async function fetchTexts(topic: string): Promise<void> {
  topics.add(topic)
  // The language may change while they are on their way.
  for (;;) {
    const missing = [i18next.language, wanted].filter((language) => isMissing(language, topic))
    if (missing.length === 0) return
    await Promise.all(missing.map((language) => fetchTopic(language, topic)))
  }
}

/** Goes over to a language once all that may be on screen can be said in it. */
export async function speak(language: Language): Promise<void> {
  wanted = language
  try {
    while (wanted === language) {
      const missing = [...topics].filter((topic) => isMissing(language, topic))
      if (missing.length === 0) break
      await Promise.all(missing.map((topic) => fetchTopic(language, topic)))
    }
  } catch (error) {
    if (wanted === language) wanted = i18next.language as Language
    throw error
  }
  if (wanted === language && i18next.language !== language) await i18next.changeLanguage(language)
}

/** Fetches topics in both languages, so that a search finds words of the one that is not shown. */
export async function fetchInBothLanguages(wantedTopics: readonly string[]): Promise<void> {
  const missing = languages.flatMap((language) =>
    wantedTopics.filter((topic) => isMissing(language, topic)).map((topic) => ({ language, topic })),
  )
  await Promise.all(missing.map(({ language, topic }) => fetchTopic(language, topic)))
}

const isMissing = (language: string, topic: string) => !arrived.has(`${language}/${topic}`)

async function fetchTopic(language: string, topic: string) {
  const paths = Object.keys(onDemand).filter((path) => path.startsWith(`./${language}/`) && topicOf(path) === topic)
  await Promise.all(paths.map(async (path) => add(path, (await onDemand[path]?.()) ?? {})))
  arrived.add(`${language}/${topic}`)
}

const topicOf = (path: string) => path.split('/')[2]?.replace('.json', '')

/** A text's key is its file and its place in it: all of server.settings lies in `./en/server/settings.json`. */
function add(path: string, texts: Texts) {
  const [language = '', ...place] = path.replace(/^\.\/|\.json$/g, '').split('/')
  const nested = place.reduceRight<Texts>((inner, key) => ({ [key]: inner }), texts)
  i18next.addResourceBundle(language, 'translation', nested, true, true)
}

/** The language of the system, as far as we speak it. */
export const systemLanguage = (): Language => (navigator.language.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en')
