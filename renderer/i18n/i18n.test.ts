import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { fetchTexts, speak, startTexts } from './i18n'

beforeAll(() => startTexts('en'))

test('the texts of a screen come with it, in the language spoken', async () => {
  expect(i18next.exists('models.installed')).toBe(false)
  await fetchTexts('models')
  expect(i18next.t('models.installed')).toBe('Installed models')
  expect(i18next.t('frame.screens.models')).toBe('Models')
})

test('a change of the language while a screen is open says all of it anew', async () => {
  await fetchTexts('models')
  await speak('zh-CN')
  expect(i18next.t('models.installed')).toBe('已安装的模型')
  expect(i18next.t('words.settings.port')).toBe('端口')
  await speak('en')
  expect(i18next.t('models.installed')).toBe('Installed models')
})

test('a screen that is opened while the language changes is not shown before it can be said in both', async () => {
  const change = speak('zh-CN')
  await fetchTexts('server')
  const isSaid = i18next.exists('server.tabs.log', { fallbackLng: [] })
  await change
  expect([isSaid, i18next.exists('server.tabs.log', { fallbackLng: [] })]).toEqual([true, true])
})

test('of two changes of the language the later one holds, whichever arrives first', async () => {
  await fetchTexts('gpus')
  await speak('en')
  await Promise.all([speak('zh-CN'), speak('en')])
  expect(i18next.language).toBe('en')
})

test('a file below the folder of a screen is a part of its texts', async () => {
  await fetchTexts('server')
  expect(i18next.t('server.settings.port.sentence')).not.toContain('server.settings')
  expect(i18next.t('server.tabs.log')).toBe('Log')
})
