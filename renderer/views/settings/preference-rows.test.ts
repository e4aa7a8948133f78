import type { TFunction } from 'i18next'
import { expect, test } from 'vitest'
import type { Preferences } from '../../../shared/contract/settings'
import { preferenceRows } from './preference-rows'

const keys = ((key: string) => key) as unknown as TFunction
const preferences = { language: 'system', theme: 'system', startServerOnLaunch: false, onQuit: 'ask' } as Preferences
const rowsOf = (now: Preferences) => preferenceRows(keys, now, 'desktop')

test('what is chosen is what the row then shows', () => {
  const places = rowsOf(preferences).map(({ place }) => place)
  for (const place of places) {
    const rowOf = (now: Preferences) => rowsOf(now).find((row) => row.place === place)
    for (const { value } of rowOf(preferences)?.choices ?? []) {
      const wish = rowOf(preferences)?.wishOf(value)
      expect([place, rowOf({ ...preferences, ...wish } as Preferences)?.value]).toEqual([place, value])
    }
  }
})

test('a terminal cannot ask, and the web host says so', () => {
  const quit = preferenceRows(keys, preferences, 'web').find(({ place }) => place === 'quit')
  expect(quit?.sentence).toBe('settings.quit.sentenceWeb')
  expect(quit?.choices[0]).toEqual({ value: 'ask', label: 'settings.quit.askWeb' })
})
