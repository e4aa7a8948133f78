import type { Configuration } from '../../configuration'
import type { Gate } from '../../engine/gate'
import type { SentRecords } from '../../engine/sent-records'
import type { Log } from '../manners/log'
import type { ServeSettings } from '../manners/serve-settings'
import type { ModelStore } from '../models/model-store'
import type { Puller } from '../models/pull'
import type { Scheduler } from '../scheduling/scheduler'

/** The parts of a simulated server, handed to each of its routes. */
export type Simulated = {
  configuration: Configuration
  settings: ServeSettings
  store: ModelStore
  scheduler: Scheduler
  puller: Puller
  sent: SentRecords
  gate: Gate
  log: Log
  /** Takes new faults into force. */
  changeFaults(faults: Configuration['faults']): void
}
