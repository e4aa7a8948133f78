import type { GpuHistory, GpuReading, ThrottleReason } from '../../../shared/contract/gpus'

export type HeldBack = {
  /** `slowed`: by heat or by hardware that protects itself; `capped`: by the power limit, as is normal under load. */
  kind: 'slowed' | 'capped' | 'free' | 'idle' | 'unknown'
  durationMs: number
  /** What does it at this moment. */
  reasons: Harmful[]
}

/** Shorter than this, which would read as 0 s, nothing was held back. */
export const worthTellingMs = 500

const harmless = ['idle', 'application-clocks', 'sync-boost', 'display-clocks'] as const satisfies ThrottleReason[]
type Harmful = Exclude<ThrottleReason, (typeof harmless)[number]>
const isHarmful = (reason: ThrottleReason): reason is Harmful => !(harmless as readonly string[]).includes(reason)

/** What held a card back in the time shown, the worst first. */
export function heldBack(reading: GpuReading | null, history: GpuHistory | null, uuid: string): HeldBack {
  const series = history?.cards.find((card) => card.uuid === uuid)
  const lasted = (shares: readonly (number | null)[] = []) =>
    shares.reduce<number>((sum, share) => sum + (share ?? 0), 0) * (history?.stepMs ?? 0)
  const slowedMs = lasted(series?.slowedShare)
  const cappedMs = lasted(series?.powerCappedShare)
  const now = reading?.throttleReasons ?? null
  const reasons = now?.filter(isHarmful) ?? []
  if (slowedMs >= worthTellingMs || reasons.some((reason) => reason !== 'power-cap')) {
    return { kind: 'slowed', durationMs: slowedMs, reasons }
  }
  if (cappedMs >= worthTellingMs || reasons.length > 0) return { kind: 'capped', durationMs: cappedMs, reasons }
  if (now === null) return { kind: 'unknown', durationMs: 0, reasons }
  return { kind: now.includes('idle') ? 'idle' : 'free', durationMs: 0, reasons }
}
