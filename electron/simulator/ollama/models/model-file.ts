import type { SimulatedModel } from '../../configuration'

const fileTypes: Record<string, number> = {
  F32: 0,
  F16: 1,
  Q4_0: 2,
  Q4_1: 3,
  Q8_0: 7,
  Q5_0: 8,
  Q5_1: 9,
  Q2_K: 10,
  Q3_K_S: 11,
  Q3_K_M: 12,
  Q3_K_L: 13,
  Q4_K_S: 14,
  Q4_K_M: 15,
  Q5_K_S: 16,
  Q5_K_M: 17,
  Q6_K: 18,
  BF16: 32,
  MXFP4: 38,
}

export type HeaderValue = string | number | boolean | null

export const fileType = (model: SimulatedModel) => fileTypes[model.quantization] ?? 15
export const headSize = (model: SimulatedModel) =>
  model.keyLength ?? Math.floor(model.embeddingLength / model.headCount)
export const vocabularySize = (model: SimulatedModel) => model.vocabularySize ?? 128_256
export const feedForwardLength = (model: SimulatedModel) =>
  model.feedForwardLength ?? Math.round(model.embeddingLength * 3.5)
export const titleOf = (model: SimulatedModel) => model.title ?? model.name.replace(/[:/]/g, '-')
export const descriptionOf = (model: SimulatedModel) =>
  model.description ?? 'simulated: there are no weights behind this name'

/** The header of the model's file in its own order: what /api/show tells and what the loader prints. */
export function headerOf(model: SimulatedModel): Record<string, HeaderValue> {
  const { family } = model
  return {
    'general.architecture': family,
    'general.name': titleOf(model),
    'general.description': descriptionOf(model),
    [`${family}.block_count`]: model.blockCount,
    [`${family}.context_length`]: model.contextLength,
    [`${family}.embedding_length`]: model.embeddingLength,
    [`${family}.feed_forward_length`]: feedForwardLength(model),
    [`${family}.attention.head_count`]: model.headCount,
    [`${family}.attention.head_count_kv`]: model.keyValueHeadCount,
    [`${family}.attention.layer_norm_rms_epsilon`]: 0.00001,
    ...(model.keyLength
      ? { [`${family}.attention.key_length`]: model.keyLength, [`${family}.attention.value_length`]: model.keyLength }
      : {}),
    [`${family}.rope.dimension_count`]: headSize(model),
    [`${family}.rope.freq_base`]: 10_000,
    [`${family}.vocab_size`]: vocabularySize(model),
    ...(model.capabilities.includes('embedding') ? { [`${family}.pooling_type`]: 1 } : {}),
    'general.file_type': fileType(model),
    'general.quantization_version': 2,
    'tokenizer.ggml.model': 'llama',
    'tokenizer.ggml.pre': 'default',
    'tokenizer.ggml.tokens': null,
    'tokenizer.ggml.scores': null,
    'tokenizer.ggml.token_type': null,
    'tokenizer.ggml.bos_token_id': 1,
    'tokenizer.ggml.eos_token_id': 2,
    'tokenizer.ggml.unknown_token_id': 0,
    'tokenizer.ggml.add_bos_token': true,
    'tokenizer.ggml.add_eos_token': false,
    'tokenizer.ggml.add_space_prefix': true,
  }
}

/** What /api/show gives of it: sorted, without the name, with the count Ollama works out. */
export function modelInfo(model: SimulatedModel): Record<string, HeaderValue> {
  const { 'general.name': _, ...header } = headerOf(model)
  return Object.fromEntries(
    Object.entries({ ...header, 'general.parameter_count': model.parameterCount }).sort(([left], [right]) =>
      left < right ? -1 : 1,
    ),
  )
}

export type Tensor = { name: string; type: string; shape: number[] }

/** Its tensors, in the order of a llama file. */
export function tensorsOf(model: SimulatedModel): Tensor[] {
  const width = model.embeddingLength
  const narrow = headSize(model) * model.keyValueHeadCount
  const forward = feedForwardLength(model)
  const type = model.quantization.replace(/^(Q\d_K)_[SML]$/, '$1')
  const weights = (name: string, ...shape: number[]): Tensor => ({ name: `${name}.weight`, type, shape })
  const norm = (name: string): Tensor => ({ name: `${name}.weight`, type: 'F32', shape: [width] })
  const block = (place: number): Tensor[] => [
    weights(`blk.${place}.attn_k`, width, narrow),
    norm(`blk.${place}.attn_norm`),
    weights(`blk.${place}.attn_output`, width, width),
    weights(`blk.${place}.attn_q`, width, width),
    weights(`blk.${place}.attn_v`, width, narrow),
    weights(`blk.${place}.ffn_down`, forward, width),
    weights(`blk.${place}.ffn_gate`, width, forward),
    norm(`blk.${place}.ffn_norm`),
    weights(`blk.${place}.ffn_up`, width, forward),
  ]
  return [
    weights('output', width, vocabularySize(model)),
    norm('output_norm'),
    weights('token_embd', width, vocabularySize(model)),
    ...Array.from({ length: model.blockCount }, (_, place) => block(place)).flat(),
  ]
}
