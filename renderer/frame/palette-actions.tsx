import type { SpotlightActionGroupData } from '@mantine/spotlight'
import {
  IconAdjustments,
  IconCpu,
  IconDeviceDesktop,
  IconDoorExit,
  IconDownload,
  IconFileText,
  IconGauge,
  IconLanguage,
  IconListCheck,
  IconMessagePlus,
  IconMoon,
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
import { restartServer, server, startServer, stopServer, switchSimulator } from '../stores/server'
import { changeSettings } from '../stores/settings'
import type { GoTo } from './go-to'
import { usePaletteChats, usePaletteModels, usePaletteRuns, useTypedPull } from './palette-things'
import { alsoCalled } from './palette-words'
import { useInBothLanguages } from './use-in-both-languages'

type Actions = SpotlightActionGroupData['actions']

type Asked = { goTo: GoTo; query: string; isOpen: boolean }

/** What the palette has besides the screens: what makes sense now, every model, chat, run, setting and preference. */
export function usePaletteActions({ goTo, query, isOpen }: Asked): SpotlightActionGroupData[] {
  const { t } = useTranslation()
  return [
    { group: t('frame.palette.actions'), actions: useActions(goTo) },
    { group: t('frame.palette.models'), actions: usePaletteModels(goTo) },
    { group: t('frame.palette.chats'), actions: usePaletteChats(goTo, query, isOpen) },
    { group: t('frame.palette.runs'), actions: usePaletteRuns(goTo) },
    { group: t('frame.palette.settings'), actions: useSettings(goTo) },
    { group: t('frame.palette.preferences'), actions: usePreferences(goTo) },
    { group: t('frame.palette.typed'), actions: useTypedPull(goTo, query) },
  ]
}

function useActions(goTo: GoTo): Actions {
  const { t } = useTranslation()
  const state = server.useValue()
  const may = state && serverPowers(state)
  const start = useAction(startServer)
  const stop = useAction(stopServer)
  const restart = useAction(restartServer)
  const leave = useAction(() => switchSimulator(false))
  const inBoth = useInBothLanguages()
  const all = [
    { id: 'start', Icon: IconPlayerPlay, isShown: may?.mayStart, onClick: () => void start.run() },
    { id: 'stop', Icon: IconPlayerStop, isShown: may?.mayStop, onClick: () => void stop.run() },
    { id: 'restart', Icon: IconRefresh, isShown: may?.mayRestart, onClick: () => void restart.run() },
    { id: 'pull', Icon: IconDownload, isShown: true, onClick: () => goTo('/models/pull', true) },
    { id: 'chat', Icon: IconMessagePlus, isShown: true, onClick: () => goTo('/playground', true) },
    { id: 'benchmark', Icon: IconGauge, isShown: true, onClick: () => goTo('/benchmark') },
    { id: 'log', Icon: IconFileText, isShown: true, onClick: () => goTo('/server/log') },
    { id: 'inForce', Icon: IconListCheck, isShown: true, onClick: () => goTo('/server/in-force') },
    { id: 'serverSettings', Icon: IconAdjustments, isShown: true, onClick: () => goTo('/server/settings') },
    { id: 'gpuMemory', Icon: IconCpu, isShown: true, onClick: () => goTo('/gpus') },
    { id: 'pulls', Icon: IconDownload, isShown: true, onClick: () => goTo('/models') },
  ] as const
  const exit = {
    id: 'leave-simulator',
    label: t('frame.leaveSimulator'),
    keywords: [...inBoth('frame.leaveSimulator'), alsoCalled.leaveSimulator ?? ''],
    leftSection: <IconDoorExit size={18} stroke={1.6} />,
    onClick: () => void leave.run(),
  }
  const shown = all
    .filter(({ isShown }) => isShown)
    .map(({ id, Icon, onClick }) => ({
      id,
      label: t(`frame.palette.do.${id}`),
      keywords: [...inBoth(`frame.palette.do.${id}`), alsoCalled[id] ?? ''],
      leftSection: <Icon size={18} stroke={1.6} />,
      onClick,
    }))
  return state?.isSimulated ? [...shown, exit] : shown
}

/** Every row of the server's settings by its title and its variable. */
function useSettings(goTo: GoTo): Actions {
  const { t } = useTranslation()
  const inBoth = useInBothLanguages()
  return settingRows.map(({ id, variable }) => ({
    id: `setting-${id}`,
    label: t(`words.settings.${id}`),
    description: variable,
    keywords: [
      ...inBoth(`words.settings.${id}`),
      // Its own program's name is in many sentences and would find them all.
      ...inBoth(`server.settings.${id}.sentence`).map((sentence) => sentence.replace(/ollama/gi, '')),
    ],
    leftSection: <IconAdjustments size={18} stroke={1.6} />,
    onClick: () => goTo(`/server/settings/${id}`, true),
  }))
}

/** Those that take effect as they are chosen, and the way to the others. */
function usePreferences(goTo: GoTo): Actions {
  const { t } = useTranslation()
  const inBoth = useInBothLanguages()
  const change = useAction(changeSettings)
  const choices = [
    { id: 'light', Icon: IconSun, wish: { theme: 'light' } },
    { id: 'dark', Icon: IconMoon, wish: { theme: 'dark' } },
    { id: 'systemTheme', Icon: IconDeviceDesktop, wish: { theme: 'system' } },
    { id: 'english', Icon: IconLanguage, wish: { language: 'en' } },
    { id: 'chinese', Icon: IconLanguage, wish: { language: 'zh-CN' } },
    { id: 'systemLanguage', Icon: IconLanguage, wish: { language: 'system' } },
  ] as const satisfies { id: string; Icon: typeof IconSun; wish: PreferencesChange }[]
  return [
    ...choices.map(({ id, Icon, wish }) => ({
      id,
      label: t(`frame.palette.choose.${id}`),
      keywords: [...inBoth(`frame.palette.choose.${id}`), alsoCalled[id] ?? ''],
      leftSection: <Icon size={18} stroke={1.6} />,
      onClick: () => void change.run(wish),
    })),
    ...(['launch', 'quit'] as const).map((id) => ({
      id: `preference-${id}`,
      label: t(`words.preferences.${id}`),
      keywords: [...inBoth(`words.preferences.${id}`), alsoCalled[id] ?? ''],
      leftSection: <IconSettings size={18} stroke={1.6} />,
      onClick: () => goTo(`/settings/${id}`, true),
    })),
  ]
}
