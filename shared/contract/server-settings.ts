import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { ServerSettings } from '../ollama/chosen-settings'
import { operation } from './operation'

/** A variable of Ollama's that was set outside Corral, which does not hand it on. */
export const OutsideSetting = z.object({
  name: z.string(),
  value: z.string(),
  /** Where: the environment that Corral was started in, or Ollama's service of this machine. */
  source: z.enum(['environment', 'service']),
})
export type OutsideSetting = z.infer<typeof OutsideSetting>

export const OutsideSettings = z.object({
  variables: z.array(OutsideSetting),
  /** Where models are kept when nothing is set. */
  usualModelsFolder: z.string(),
})
export type OutsideSettings = z.infer<typeof OutsideSettings>

export const ServerSettingsState = z.object({
  saved: ServerSettings,
  /** What the running server was started with; null when Corral did not start it. */
  applied: ServerSettings.nullable(),
  /** The variables the next start will set, redacted. */
  environment: z.array(z.object({ name: z.string(), value: z.string() })),
  outside: OutsideSettings,
})
export type ServerSettingsState = z.infer<typeof ServerSettingsState>

export const InForceReason = z.enum([
  'unknownToVersion',
  'flashNotSupported',
  'flashNeedsCard',
  'flashNotForModel',
  'cacheNeedsFlash',
  'cacheNotTaken',
  'parallelForced',
  'contextByMemory',
  'contextByTraining',
  'contextByModel',
  'contextByRequest',
  'contextUntold',
  'inherited',
  'keptForPull',
  'invalidValue',
  'other',
])
export type InForceReason = z.infer<typeof InForceReason>

/** One variable: what was asked, what the running server really uses, and how Corral knows. */
export const InForce = z.object({
  variable: z.string(),
  asked: z.string().nullable(), // null: not set
  inForce: z.string().nullable(), // null: cannot be told
  differs: z.boolean(),
  /** Why the one is not the other, even where that is no difference to look at. */
  reason: InForceReason.nullable(),
  /** Tokens that the reason speaks of: what the model was trained for, and what holds for whoever asks for none. */
  trainedContext: z.number().nullable(),
  standardContext: z.number().nullable(),
  evidence: z.enum(['config-line', 'log', 'runner', 'ps', 'environment', 'socket', 'no-model', 'none']),
  evidenceAtMs: z.number().nullable(),
  /** The model it was seen with, where it is a matter of the model. */
  model: z.string().nullable(),
})
export type InForce = z.infer<typeof InForce>

export const serverSettings = {
  /** The saved settings, those in use and the environment of the next start. */
  watch: operation.output(eventIterator(ServerSettingsState)),
  /** Saves all settings; refused whole when one is invalid. A running server keeps its own until it restarts. */
  save: operation.input(ServerSettings),
  /** Asked beside in force, for each variable that is set or known. */
  watchInForce: operation.output(eventIterator(z.array(InForce))),
}
