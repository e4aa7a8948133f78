import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { ModelRef } from '../backends/model-ref'
import { FailureReport, operation } from './operation'

export const InstalledModel = z.object({
  name: z.string(),
  sizeBytes: z.number().nullable(), // as the rest: null where the server does not say it
  digest: z.string(),
  parameterSize: z.string().nullable(), // as Ollama says it: 70.6B
  quantization: z.string().nullable(),
  family: z.string().nullable(),
  contextLength: z.number().nullable(), // what the model was trained for; null until shown
  capabilities: z.array(z.string()),
  modifiedAtMs: z.number(),
})
export type InstalledModel = z.infer<typeof InstalledModel>

/** How long a model stays in memory. */
const Stay = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('until'), atMs: z.number() }),
  z.object({ kind: z.literal('for-ever') }),
  z.object({ kind: z.literal('unknown') }),
  /** Its time is over, and an answer of Corral's is still being made. */
  z.object({ kind: z.literal('in-use') }),
  /** An unload was asked for, and waits for an answer of Corral's. */
  z.object({ kind: z.literal('after-answer') }),
  z.object({ kind: z.literal('unloading'), sinceMs: z.number() }),
  /** The same for longer than an unload takes. */
  z.object({ kind: z.literal('stuck'), sinceMs: z.number() }),
])

export const LoadedModel = z.object({
  name: z.string(),
  sizeBytes: z.number().nullable(),
  vramBytes: z.number().nullable(),
  stay: Stay,
  contextLength: z.number().nullable(), // per request; older servers do not say
  runnerPid: z.number().nullable(),
  /** Memory on each card, where process ids tell. */
  cards: z.array(z.object({ uuid: z.string(), usedBytes: z.number() })),
})
export type LoadedModel = z.infer<typeof LoadedModel>

export const Models = z.object({
  state: z.enum(['no-server', 'loading', 'ready', 'failed']),
  failure: FailureReport.nullable(),
  installed: z.array(InstalledModel),
  loaded: z.array(LoadedModel),
  /** What the server still lists as loaded though its process is gone: its next request loads it again. */
  gone: z.array(z.string()),
  /** Whether the server has cards to put models on; null where nobody says. */
  usesCards: z.boolean().nullable(),
  /** What is being done with models on the user's wish. */
  busy: z.array(z.object({ model: ModelRef, doing: z.enum(['load', 'unload', 'remove']) })),
  readAtMs: z.number().nullable(),
})
export type Models = z.infer<typeof Models>

export const ModelDetails = z.object({
  name: z.string(),
  architecture: z.string().nullable(),
  parameterCount: z.number().nullable(),
  contextLength: z.number().nullable(),
  embeddingLength: z.number().nullable(),
  blockCount: z.number().nullable(),
  headCount: z.number().nullable(),
  keyValueHeadCount: z.number().nullable(),
  quantization: z.string().nullable(),
  format: z.string().nullable(),
  capabilities: z.array(z.string()),
  parameters: z.array(z.object({ name: z.string(), value: z.string() })),
  template: z.string(),
  system: z.string(),
  license: z.string(),
  modelfile: z.string(),
})
export type ModelDetails = z.infer<typeof ModelDetails>

const Named = z.object({ model: ModelRef })

export const models = {
  /** What is installed and what is loaded, now and after every change. */
  watch: operation.output(eventIterator(Models)),
  /** Everything the server tells of one model. */
  show: operation.input(Named).output(ModelDetails),
  /** Deletes a model from disk; it is unloaded first. */
  remove: operation.input(Named),
  /** Loads a model into memory with the server's own settings. */
  load: operation.input(Named),
  /** Frees the memory a model holds, after the requests it is answering. */
  unload: operation.input(Named),
}
