import {
  IconCpu,
  IconGauge,
  IconLayoutDashboard,
  IconMessages,
  IconPackage,
  IconServer2,
  IconSettings,
} from '@tabler/icons-react'
import { later } from '../components/later'
import { ScreenLoading } from './screen-loading'

/** Every screen once: its address, its picture, and the code that is fetched when it is opened. */
export const screens = [
  {
    id: 'overview',
    icon: IconLayoutDashboard,
    View: later(() => import('../views/overview/overview-view'), ScreenLoading),
  },
  { id: 'server', icon: IconServer2, View: later(() => import('../views/server/server-view'), ScreenLoading) },
  { id: 'models', icon: IconPackage, View: later(() => import('../views/models/models-view'), ScreenLoading) },
  { id: 'gpus', icon: IconCpu, View: later(() => import('../views/gpus/gpus-view'), ScreenLoading) },
  { id: 'benchmark', icon: IconGauge, View: later(() => import('../views/benchmark/benchmark-view'), ScreenLoading) },
  {
    id: 'playground',
    icon: IconMessages,
    View: later(() => import('../views/playground/playground-view'), ScreenLoading),
  },
  { id: 'settings', icon: IconSettings, View: later(() => import('../views/settings/settings-view'), ScreenLoading) },
] as const
