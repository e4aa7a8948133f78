import type { GpuHistory, GpuReading } from '../../../shared/contract/gpus'
import { type HoldingReason, holdsBack, isHeldBack } from '../../../shared/gpus/throttling'

export type HeldBack = {
  /** `slowed`: by heat or by hardware that protects itself; `capped`: by the power limit, as is normal under load. */
  kind: 'slowed' | 'capped' | 'free' | 'idle' | 'unknown'
  durationMs: number
  /** What does it at this moment. */
  reasons: HoldingReason[]
}

/** Shorter than this, which would read as 0 s, nothing was held back. */
export const worthTellingMs = 500

/** What held a card back in the time shown, the worst first. */
export function heldBack(reading: GpuReading | null, history: GpuHistory | null, uuid: string): HeldBack {
  const series = history?.cards.find((card) => card.uuid === uuid)
  const lasted = (shares: readonly (number | null)[] = []) =>
    shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) * (history?.stepMs ?? 0)
  const slowedMs = lasted(series?.slowedShare)
  const cappedMs = lasted(series?.powerCappedShare)
  const now = reading?.throttleReasons ?? null
  const reasons = now?.filter(holdsBack) ?? []
  if (slowedMs >= worthTellingMs || isHeldBack(reasons, 'slowed')) {
    return { kind: 'slowed', durationMs: slowedMs, reasons }
  }
  if (cappedMs >= worthTellingMs || reasons.length > 0) return { kind: 'capped', durationMs: cappedMs, reasons }
  if (now === null) return { kind: 'unknown', durationMs: 0, reasons }
  return { kind: now.includes('idle') ? 'idle' : 'free', durationMs: 0, reasons }
}
