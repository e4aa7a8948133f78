import type { Log } from '../manners/log'
import type { LoadStory } from '../scheduling/load-story'

export function sayMemory(log: Log, source: string, { configuration: { hostMemoryGibibytes } }: LoadStory): void {
  log.info(source, 'system memory', {
    total: `${hostMemoryGibibytes.toFixed(1)} GiB`,
    free: `${(hostMemoryGibibytes - 0.6).toFixed(1)} GiB`,
    free_swap: '0 B',
  })
}
