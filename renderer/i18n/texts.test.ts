import { readdirSync, readFileSync } from 'node:fs'
import { join, sep } from 'node:path'
import { expect, test } from 'vitest'
import { textsOf } from './texts.testing'

const renderer = join(import.meta.dirname, '..')

const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.tsx?$/.test(file) && !file.includes('.test.') && !file.includes('.testing.'))
  .map((file) => ({ file: file.replaceAll(sep, '/'), source: readFileSync(join(renderer, file), 'utf8') }))
const sources = files.map(({ source }) => source).join('\n')

const english = textsOf('en')
const chinese = textsOf('zh-CN')
const withoutPlural = (key: string) => key.replace(/_(zero|one|two|few|many|other)$/, '')

const topics = new Set([...english.keys()].map((key) => key.split('.')[0]))
const isKey = (text: string) => topics.has(text.split('.')[0] ?? '')

/** Keys written whole: t('server.start'), or a literal handed on to t. */
const literal = new Set(
  [...sources.matchAll(/['"`]([a-zA-Z][\w-]*(?:\.[\w-]+)+)['"`]/g)].map((match) => match[1] ?? '').filter(isKey),
)
/** Keys with a hole: `failure.${code}.what`. The hole is one name, or several where a `.` is part of it. */
const templates = [...sources.matchAll(/`([a-zA-Z][\w-]*\.[^`\s]*\$\{[^`]*)`/g)]
  .map((match) => match[1] ?? '')
  .filter(isKey)
  .map(
    (template) =>
      new RegExp(
        `^${template
          .split(/\$\{[^}]*\}/)
          .map(literally)
          .join('[\\w.-]+')}$`,
      ),
  )

function literally(text: string) {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
}

test('every English text has its Chinese one, and the other way round', () => {
  const plain = (texts: Map<string, string>) => [...new Set([...texts.keys()].map(withoutPlural))].sort()
  expect(plain(chinese)).toEqual(plain(english))
})

/** The palette looks into the words of the settings, which it fetches for that, and shows none of them. */
const lookedInto: Readonly<Record<string, string>> = { 'frame/palette-actions.tsx': 'server' }

test('a screen says nothing but its own texts and those that are always there', () => {
  const screens = new Set(readdirSync(join(renderer, 'views')))
  const strangers = files.flatMap(({ file, source }) => {
    const own = /^views\/([\w-]+)\//.exec(file)?.[1]
    const asked = [...source.matchAll(/['"`]([a-z]\w*)\.[a-zA-Z$][^\s'"`]*['"`]/g)].map((match) => match[1] ?? '')
    return asked
      .filter((topic) => screens.has(topic) && topics.has(topic) && topic !== own && topic !== lookedInto[file])
      .map((topic) => [file, topic])
  })
  expect(strangers).toEqual([])
})

test('no text is there that nobody asks for', () => {
  const unused = [...english.keys()]
    .map(withoutPlural)
    .filter((key) => !literal.has(key) && !templates.some((template) => template.test(key)))
  expect(unused).toEqual([])
})

test('both languages fill the same holes', () => {
  const holes = (text: string) => [...new Set(text.match(/\{\{\w+\}\}/g) ?? [])].sort()
  const different = [...english].filter(([key, text]) => {
    const translated = chinese.get(key) ?? chinese.get(`${withoutPlural(key)}_other`)
    return translated !== undefined && !key.endsWith('_one') && `${holes(text)}` !== `${holes(translated)}`
  })
  expect(different.map(([key]) => key)).toEqual([])
})

test('no text is empty', () => {
  expect([...english, ...chinese].filter(([, text]) => text.trim() === '')).toEqual([])
})
