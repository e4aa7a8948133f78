import {
  IconCpu,
  IconGauge,
  IconLayoutDashboard,
  IconMessages,
  IconPackage,
  IconServer2,
  IconSettings,
} from '@tabler/icons-react'
import { lazy } from 'react'

/** Every screen once: its address, its picture, and the code that is fetched when it is opened. */
export const screens = [
  { id: 'overview', icon: IconLayoutDashboard, View: lazy(() => import('../views/overview/overview-view')) },
  { id: 'server', icon: IconServer2, View: lazy(() => import('../views/server/server-view')) },
  { id: 'models', icon: IconPackage, View: lazy(() => import('../views/models/models-view')) },
  { id: 'gpus', icon: IconCpu, View: lazy(() => import('../views/gpus/gpus-view')) },
  { id: 'benchmark', icon: IconGauge, View: lazy(() => import('../views/benchmark/benchmark-view')) },
  { id: 'playground', icon: IconMessages, View: lazy(() => import('../views/playground/playground-view')) },
  { id: 'settings', icon: IconSettings, View: lazy(() => import('../views/settings/settings-view')) },
] as const
