/**
 * Why a card runs below its highest clock (nvml.h), and what that means for whoever owns it. `slowed`: by heat or by
 * hardware that protects itself, worth a warning; `capped`: by the power limit, as is normal under load.
 */
const meanings = {
  idle: 'harmless',
  'application-clocks': 'harmless',
  'power-cap': 'capped',
  'hardware-slowdown': 'slowed',
  'sync-boost': 'harmless',
  'software-thermal': 'slowed',
  'hardware-thermal': 'slowed',
  'power-brake': 'slowed',
  'display-clocks': 'harmless',
} as const

export type ThrottleReason = keyof typeof meanings
export const throttleReasons = Object.keys(meanings) as [ThrottleReason, ...ThrottleReason[]]

/** Those that hold a card back. */
export type HoldingReason = {
  [Reason in ThrottleReason]: (typeof meanings)[Reason] extends 'harmless' ? never : Reason
}[ThrottleReason]

export const holdsBack = (reason: ThrottleReason): reason is HoldingReason => meanings[reason] !== 'harmless'

/** Whether a card is slowed, or only capped, by one of these reasons. */
export const isHeldBack = (reasons: readonly ThrottleReason[], how: 'slowed' | 'capped'): boolean =>
  reasons.some((reason) => meanings[reason] === how)
