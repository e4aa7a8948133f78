import {
  IconCpu,
  IconGauge,
  IconLayoutDashboard,
  IconMessages,
  IconPackage,
  IconServer2,
  IconSettings,
} from '@tabler/icons-react'
import type { ComponentType } from 'react'
import { later } from '../components/later'
import { fetchTexts } from '../i18n/i18n'
import { ScreenLoading } from './screen-loading'

/** Every screen once: its address, its picture, and the code that is fetched when it is opened. */
export const screens = [
  {
    id: 'overview',
    icon: IconLayoutDashboard,
    View: view('overview', () => import('../views/overview/overview-view')),
  },
  { id: 'server', icon: IconServer2, View: view('server', () => import('../views/server/server-view')) },
  { id: 'models', icon: IconPackage, View: view('models', () => import('../views/models/models-view')) },
  { id: 'gpus', icon: IconCpu, View: view('gpus', () => import('../views/gpus/gpus-view')) },
  { id: 'benchmark', icon: IconGauge, View: view('benchmark', () => import('../views/benchmark/benchmark-view')) },
  {
    id: 'playground',
    icon: IconMessages,
    View: view('playground', () => import('../views/playground/playground-view')),
  },
  { id: 'settings', icon: IconSettings, View: view('settings', () => import('../views/settings/settings-view')) },
] as const

/** A screen and what it says, fetched at once: neither is shown without the other. */
function view(texts: string, load: () => Promise<{ default: ComponentType }>) {
  return later(async () => (await Promise.all([load(), fetchTexts(texts)]))[0], ScreenLoading)
}
