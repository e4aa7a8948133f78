import type { BenchRun } from '../../../../shared/contract/bench'
import { slotCount } from '../../../../shared/ollama/slot-count'
import { bestStep } from '../../../parts/best-step'

export type Capacity = {
  people: number
  /** `slots`: further ones wait. `knee`: further ones get less, and all together no more. `more`: nobody tried. */
  limit: 'slots' | 'knee' | 'more'
}

/** How many people a run says the model can serve at once; null for a run that compares no steps. */
export function capacityOf({ curve, verdicts, machine }: Pick<BenchRun, 'curve' | 'verdicts' | 'machine'>) {
  const best = bestStep(curve)
  const last = curve.findLast(({ outputTokensPerSecond }) => outputTokensPerSecond !== null)
  if (!best || !last || curve.length < 2) return null
  const isSerialized = verdicts.some(({ code }) => code === 'serialized')
  const slots = slotCount(machine?.settings ?? []) ?? (isSerialized ? 1 : null)
  const tell = (people: number, limit: Capacity['limit']): Capacity => ({ people, limit })
  if (slots !== null && slots <= best.concurrency) return tell(slots, 'slots')
  return best === last ? tell(last.concurrency, 'more') : tell(best.concurrency, 'knee')
}
