import { z } from 'zod'
import type { InstalledModel, ModelDetails } from '../../../shared/contract/models'

const Details = z
  .object({
    family: z.string().optional(),
    format: z.string().optional(),
    parameter_size: z.string().optional(),
    quantization_level: z.string().optional(),
    context_length: z.number().optional(),
  })
  .default({})

const Tags = z.object({
  models: z
    .array(
      z.object({
        name: z.string(),
        size: z.number().default(0),
        digest: z.string().default(''),
        modified_at: z.string().default(''),
        details: Details,
        capabilities: z.array(z.string()).nullish(),
      }),
    )
    .nullable(),
})

const Show = z.object({
  modelfile: z.string().default(''),
  parameters: z.string().default(''),
  template: z.string().default(''),
  system: z.string().default(''),
  license: z.string().default(''),
  details: Details,
  model_info: z.record(z.string(), z.unknown()).nullish(),
  capabilities: z.array(z.string()).nullish(),
  projector_info: z.unknown().optional(),
})

const text = (value: string | undefined) => (value ? value : null)

/** /api/tags, in both versions' shapes. */
export function installedIn(answer: unknown): InstalledModel[] {
  return (Tags.parse(answer).models ?? []).map((model) => ({
    name: model.name,
    sizeBytes: model.size,
    digest: model.digest,
    parameterSize: text(model.details.parameter_size),
    quantization: model.details.quantization_level === 'unknown' ? null : text(model.details.quantization_level),
    family: text(model.details.family),
    contextLength: model.details.context_length ?? null,
    capabilities: model.capabilities ?? [],
    modifiedAtMs: Date.parse(model.modified_at) || 0,
  }))
}

/** /api/show: what a person wants of the GGUF header, by the name of the architecture it uses. */
export function detailsIn(name: string, answer: unknown): ModelDetails {
  const show = Show.parse(answer)
  const info = show.model_info ?? {}
  const architecture = typeof info['general.architecture'] === 'string' ? info['general.architecture'] : null
  const count = (key: string) => {
    const value = info[key] ?? info[`${architecture}.${key}`]
    const first = Array.isArray(value) ? value.find((item) => typeof item === 'number' && item > 0) : value
    return typeof first === 'number' ? first : null
  }
  return {
    name,
    architecture,
    parameterCount: count('general.parameter_count'),
    contextLength: count('context_length'),
    embeddingLength: count('embedding_length'),
    blockCount: count('block_count'),
    headCount: count('attention.head_count'),
    keyValueHeadCount: count('attention.head_count_kv'),
    quantization: text(show.details.quantization_level),
    format: text(show.details.format),
    capabilities: show.capabilities ?? derivedCapabilities(show, architecture, info),
    parameters: parametersIn(show.parameters),
    template: show.template,
    system: show.system,
    license: show.license,
    modelfile: show.modelfile,
  }
}

/** Old servers do not tell capabilities: they follow from the template and the header (ollama.md, 3). */
function derivedCapabilities(show: z.infer<typeof Show>, architecture: string | null, info: Record<string, unknown>) {
  if (`${architecture}.pooling_type` in info) return ['embedding']
  return [
    'completion',
    ...(show.template.includes('.Tools') ? ['tools'] : []),
    ...(show.template.includes('.Suffix') ? ['insert'] : []),
    ...(show.projector_info ? ['vision'] : []),
  ]
}

const parametersIn = (lines: string) =>
  lines
    .split('\n')
    .map((line) => /^(\S+)\s+(.*)$/.exec(line.trim()))
    .flatMap((match) => (match ? [{ name: match[1] ?? '', value: (match[2] ?? '').replace(/^"(.*)"$/, '$1') }] : []))

/** The weights' blob: the one thing that a runner's arguments name. */
export const blobIn = (details: ModelDetails): string | null =>
  /^FROM (\S*sha256-[0-9a-f]+)\s*$/m.exec(details.modelfile)?.[1] ?? null
