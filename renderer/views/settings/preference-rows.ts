import type { TFunction } from 'i18next'
import type { HostDescription } from '../../../shared/contract/host'
import type { Preferences, PreferencesChange } from '../../../shared/contract/settings'

/** One preference: what it is, what it can be, and what is wished by choosing so. */
export type PreferenceRow = {
  place: 'language' | 'theme' | 'launch' | 'quit'
  name: string
  sentence: string
  value: string
  choices: { value: string; label: string }[]
  wishOf: (choice: string) => PreferencesChange
}

type Row<Value extends string> = Omit<PreferenceRow, 'value' | 'choices' | 'wishOf'> & {
  value: Value
  choices: [Value, string][]
  wishOf: (choice: Value) => PreferencesChange
}

/** Corral's own preferences in the order of the screen. */
export function preferenceRows(t: TFunction, preferences: Preferences, hostKind: HostDescription['kind'] | undefined) {
  const isWeb = hostKind === 'web'
  return [
    row({
      place: 'language',
      name: t('settings.language.name'),
      sentence: t('settings.language.sentence'),
      value: preferences.language,
      choices: [
        ['system', t('settings.language.system')],
        ['en', 'English'],
        ['zh-CN', '简体中文'],
      ],
      wishOf: (language) => ({ language }),
    }),
    row({
      place: 'theme',
      name: t('settings.theme.name'),
      sentence: t('settings.theme.sentence'),
      value: preferences.theme,
      choices: [
        ['system', t('settings.theme.system')],
        ['light', t('settings.theme.light')],
        ['dark', t('settings.theme.dark')],
      ],
      wishOf: (theme) => ({ theme }),
    }),
    row({
      place: 'launch',
      name: t('words.preferences.launch'),
      sentence: t('settings.launch.sentence'),
      value: preferences.startServerOnLaunch ? 'start' : 'wait',
      choices: [
        ['wait', t('settings.launch.wait')],
        ['start', t('settings.launch.start')],
      ],
      wishOf: (choice) => ({ startServerOnLaunch: choice === 'start' }),
    }),
    row({
      place: 'quit',
      name: t('words.preferences.quit'),
      sentence: t(isWeb ? 'settings.quit.sentenceWeb' : 'settings.quit.sentence'),
      value: preferences.onQuit,
      choices: [
        ['ask', t(isWeb ? 'settings.quit.askWeb' : 'settings.quit.ask')],
        ['leave', t('settings.quit.leave')],
        ['stop', t('settings.quit.stop')],
      ],
      wishOf: (onQuit) => ({ onQuit }),
    }),
  ]
}

function row<Value extends string>({ choices, wishOf, ...rest }: Row<Value>): PreferenceRow {
  return {
    ...rest,
    choices: choices.map(([value, label]) => ({ value, label })),
    wishOf: (choice) => wishOf(choice as Value),
  }
}
