import type { SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconAdjustments,
  IconDeviceDesktop,
  IconDownload,
  IconGauge,
  IconLanguage,
  IconMessagePlus,
  IconMoon,
  IconPackage,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
  IconSettings,
  IconSun,
} from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { PreferencesChange } from '../../shared/contract/settings'
import { serverPowers } from '../../shared/ollama/server-powers'
import { useAction } from '../actions/use-action'
import { settingRows } from '../places/places'
import { models } from '../stores/models'
import { restartServer, server, startServer, stopServer } from '../stores/server'
import { changeSettings } from '../stores/settings'

type Actions = SpotlightActionGroupData['actions']

/** Where the palette leads to; `focuses`: what is there takes the focus. */
export type GoTo = (address: string, focuses?: boolean) => void

/** What the palette can do besides going to a screen: the actions that make sense now, every model, setting and preference. */
export function usePaletteActions(goTo: GoTo): SpotlightActionGroupData[] {
  const { t } = useTranslation()
  return [
    { group: t('frame.palette.actions'), actions: useActions(goTo) },
    { group: t('frame.palette.models'), actions: useModels(goTo) },
    { group: t('frame.palette.settings'), actions: useSettings(goTo) },
    { group: t('frame.palette.preferences'), actions: usePreferences(goTo) },
  ]
}

function useActions(goTo: GoTo): Actions {
  const { t } = useTranslation()
  const state = server.useValue()
  const may = state && serverPowers(state)
  const start = useAction(startServer)
  const stop = useAction(stopServer)
  const restart = useAction(restartServer)
  const inEnglish = useInEnglish()
  const all = [
    { id: 'start', Icon: IconPlayerPlay, isShown: may?.mayStart, onClick: () => void start.run() },
    { id: 'stop', Icon: IconPlayerStop, isShown: may?.mayStop, onClick: () => void stop.run() },
    { id: 'restart', Icon: IconRefresh, isShown: may?.mayRestart, onClick: () => void restart.run() },
    { id: 'pull', Icon: IconDownload, isShown: true, onClick: () => goTo('/models/pull', true) },
    { id: 'chat', Icon: IconMessagePlus, isShown: true, onClick: () => goTo('/playground', true) },
    { id: 'benchmark', Icon: IconGauge, isShown: true, onClick: () => goTo('/benchmark') },
  ] as const
  return all
    .filter(({ isShown }) => isShown)
    .map(({ id, Icon, onClick }) => ({
      id,
      label: t(`frame.palette.do.${id}`),
      keywords: inEnglish(`frame.palette.do.${id}`),
      leftSection: <Icon size={18} stroke={1.6} />,
      onClick,
    }))
}

function useModels(goTo: GoTo): Actions {
  return (models.useValue()?.installed ?? []).map(({ name }) => ({
    id: `model-${name}`,
    label: name,
    leftSection: <IconPackage size={18} stroke={1.6} />,
    onClick: () => goTo(`/models/${encodeURIComponent(name)}`),
  }))
}

/** Every row of the server's settings by its title and its variable. */
function useSettings(goTo: GoTo): Actions {
  const { t } = useTranslation()
  const inEnglish = useInEnglish()
  return settingRows.map(({ id, variable }) => ({
    id: `setting-${id}`,
    label: t(`words.settings.${id}`),
    description: variable,
    keywords: inEnglish(`words.settings.${id}`),
    leftSection: <IconAdjustments size={18} stroke={1.6} />,
    onClick: () => goTo(`/server/settings/${id}`, true),
  }))
}

/** Those that take effect as they are chosen, and the way to the others. */
function usePreferences(goTo: GoTo): Actions {
  const { t } = useTranslation()
  const inEnglish = useInEnglish()
  const change = useAction(changeSettings)
  const choices = [
    { id: 'light', Icon: IconSun, wish: { theme: 'light' }, keywords: ['theme'] },
    { id: 'dark', Icon: IconMoon, wish: { theme: 'dark' }, keywords: ['theme'] },
    { id: 'systemTheme', Icon: IconDeviceDesktop, wish: { theme: 'system' }, keywords: ['theme'] },
    { id: 'english', Icon: IconLanguage, wish: { language: 'en' }, keywords: ['language', '语言'] },
    {
      id: 'chinese',
      Icon: IconLanguage,
      wish: { language: 'zh-CN' },
      keywords: ['language', 'Chinese', '语言', '中文'],
    },
    { id: 'systemLanguage', Icon: IconLanguage, wish: { language: 'system' }, keywords: ['language', '语言'] },
  ] as const satisfies { id: string; Icon: typeof IconSun; wish: PreferencesChange; keywords: string[] }[]
  return [
    ...choices.map(({ id, Icon, wish, keywords }) => ({
      id,
      label: t(`frame.palette.choose.${id}`),
      keywords: [...keywords, inEnglish(`frame.palette.choose.${id}`)],
      leftSection: <Icon size={18} stroke={1.6} />,
      onClick: () => void change.run(wish),
    })),
    ...(['launch', 'quit'] as const).map((id) => ({
      id: `preference-${id}`,
      label: t(`words.preferences.${id}`),
      keywords: inEnglish(`words.preferences.${id}`),
      leftSection: <IconSettings size={18} stroke={1.6} />,
      onClick: () => goTo(`/settings/${id}`, true),
    })),
  ]
}

/** Whoever reads Chinese may still type the name that Ollama's own pages use. */
function useInEnglish() {
  const { i18n } = useTranslation()
  return i18n.getFixedT('en')
}
