import type { SpotlightActionGroupData } from '@mantine/spotlight'
import { IconMoon, IconPackage, IconPlayerPlay, IconPlayerStop, IconRefresh, IconSun } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { models } from '../stores/models'
import { restartServer, server, startServer, stopServer } from '../stores/server'
import { changeSettings } from '../stores/settings'
import { useAction } from '../stores/use-action'

/** What the palette can do besides going to a screen: the actions that make sense now, and every model. */
export function usePaletteActions(): SpotlightActionGroupData[] {
  const { t } = useTranslation()
  const [, navigate] = useLocation()
  const state = server.useValue()?.state
  const installed = models.useValue()?.installed ?? []
  const start = useAction(startServer)
  const stop = useAction(stopServer)
  const restart = useAction(restartServer)
  const change = useAction(changeSettings)
  const isReady = state === 'ready' || state === 'hung'
  const actions = [
    state === 'stopped' || state === 'crashed'
      ? {
          id: 'start',
          label: t('frame.palette.start'),
          leftSection: <IconPlayerPlay size={18} />,
          onClick: () => void start.run(),
        }
      : null,
    isReady
      ? {
          id: 'stop',
          label: t('frame.palette.stop'),
          leftSection: <IconPlayerStop size={18} />,
          onClick: () => void stop.run(),
        }
      : null,
    isReady
      ? {
          id: 'restart',
          label: t('frame.palette.restart'),
          leftSection: <IconRefresh size={18} />,
          onClick: () => void restart.run(),
        }
      : null,
    {
      id: 'light',
      label: t('frame.palette.light'),
      leftSection: <IconSun size={18} />,
      onClick: () => void change.run({ theme: 'light' }),
    },
    {
      id: 'dark',
      label: t('frame.palette.dark'),
      leftSection: <IconMoon size={18} />,
      onClick: () => void change.run({ theme: 'dark' }),
    },
  ].filter((action) => action !== null)
  return [
    { group: t('frame.palette.actions'), actions },
    {
      group: t('frame.palette.models'),
      actions: installed.map(({ name }) => ({
        id: `model-${name}`,
        label: name,
        leftSection: <IconPackage size={18} stroke={1.6} />,
        onClick: () => navigate(`/models/${encodeURIComponent(name)}`),
      })),
    },
  ]
}
