import type { Configuration } from './configuration'
import type { Log } from './log'
import type { ModelStore } from './model-store'
import type { Scheduler } from './scheduler'
import type { ServeSettings } from './serve-settings'

/** The parts of a simulated server, handed to each of its routes. */
export type Simulated = {
  configuration: Configuration
  settings: ServeSettings
  store: ModelStore
  scheduler: Scheduler
  log: Log
}
