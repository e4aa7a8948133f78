import { feedForwardLength, vocabularySize } from '../models/model-file'
import { type LoadStory, usedCards } from '../scheduling/load-story'
import { weightsOf } from '../scheduling/weights'
import { bufferLine, figures, loaderLines, mebibytes, table, tokenRows } from './model-lines'

const meta = 'llm_load_print_meta: '
const context = 'llama_new_context_with_model: '

/** What llama.cpp of 0.5.12 prints while it loads. */
export function oldLoadLines(story: LoadStory): string[] {
  const model = story.model.manifest.simulated
  const known = figures(model)
  return [
    ...loaderLines(model, story.weightsFile),
    ...vocabularyLines,
    ...table(meta, 16, {
      ...formatRows(story),
      vocab_only: 0,
      n_ctx_train: known.n_ctx_train,
      n_embd: known.n_embd,
      n_layer: known.n_layer,
      n_head: known.n_head,
      n_head_kv: known.n_head_kv,
      n_rot: known.n_rot,
      n_swa: 0,
      n_embd_head_k: known.n_embd_head_k,
      n_embd_head_v: known.n_embd_head_v,
      n_gqa: known.n_gqa,
      n_embd_k_gqa: known.n_embd_k_gqa,
      n_embd_v_gqa: known.n_embd_v_gqa,
      f_norm_eps: '0.0e+00',
      f_norm_rms_eps: '1.0e-05',
      f_clamp_kqv: '0.0e+00',
      f_max_alibi_bias: '0.0e+00',
      f_logit_scale: '0.0e+00',
      n_ff: feedForwardLength(model),
      n_expert: 0,
      n_expert_used: 0,
      'causal attn': 1,
      'pooling type': 0,
      'rope type': 0,
      'rope scaling': 'linear',
      freq_base_train: '10000.0',
      freq_scale_train: 1,
      n_ctx_orig_yarn: known.n_ctx_train,
      rope_finetuned: 'unknown',
      ssm_d_conv: 0,
      ssm_d_inner: 0,
      ssm_d_state: 0,
      ssm_dt_rank: 0,
      ssm_dt_b_c_rms: 0,
      'model type': known.modelType,
      'model ftype': known.fileType,
      ...sizeRows(story),
    }),
    ...tensorLines(story),
    ...contextLines(story),
  ]
}

/** The second dump, made in the server itself to count tokens, at the first request of a model. */
export function oldVocabularyOnlyLines(story: LoadStory): string[] {
  const model = story.model.manifest.simulated
  return [
    ...loaderLines(model, story.weightsFile),
    ...vocabularyLines,
    ...table(meta, 16, {
      ...formatRows(story),
      vocab_only: 1,
      'model type': '?B',
      'model ftype': 'all F32',
      ...sizeRows(story),
    }),
    'llama_model_load: vocab only - skipping tensors',
  ]
}

const vocabularyLines = [
  'llm_load_vocab: special_eos_id is not in special_eog_ids - the tokenizer config may be incorrect',
  'llm_load_vocab: special tokens cache size = 3',
  'llm_load_vocab: token to piece cache size = 0.0054 MB',
]

const formatRows = ({ model }: LoadStory) => ({
  format: 'GGUF V3 (latest)',
  arch: model.manifest.simulated.family,
  'vocab type': 'SPM',
  n_vocab: vocabularySize(model.manifest.simulated),
  n_merges: 0,
})

function sizeRows({ model }: LoadStory) {
  const { params, size, title } = figures(model.manifest.simulated)
  return { 'model params': params, 'model size': size, 'general.name': title, ...tokenRows }
}

function tensorLines(story: LoadStory): string[] {
  const { placement } = story.plan
  const { blockCount, sizeBytes } = story.model.manifest.simulated
  const { blockBytes, embeddingBytes } = weightsOf(story.model.manifest.simulated)
  const start = 'llm_load_tensors: '
  if (placement.layers === 0) return [bufferLine(start, 'CPU', 'model', sizeBytes)]
  return [
    `${start}offloading ${Math.min(placement.layers, blockCount)} repeating layers to GPU`,
    ...(placement.layers > blockCount ? [`${start}offloading output layer to GPU`] : []),
    `${start}offloaded ${placement.layers}/${blockCount + 1} layers to GPU`,
    ...usedCards(story).map(({ place, number }) =>
      bufferLine(start, `CUDA${number}`, 'model', (placement.layerCounts[place] ?? 0) * blockBytes),
    ),
    bufferLine(start, 'CPU_Mapped', 'model', embeddingBytes + Math.max(0, blockCount - placement.layers) * blockBytes),
  ]
}

function contextLines(story: LoadStory): string[] {
  const { plan, options, settings } = story
  const model = story.model.manifest.simulated
  const cells = options.contextLength * plan.parallel
  const type = plan.flashAttention === 'on' && settings.keyValueType ? settings.keyValueType : 'f16'
  const half = plan.placement.keyValueBytes / 2
  const devices = usedCards(story)
  const graph = plan.estimate?.graphFull ?? 0
  return [
    ...table(context, 13, {
      n_seq_max: plan.parallel,
      n_ctx: cells,
      n_ctx_per_seq: options.contextLength,
      n_batch: 512 * plan.parallel,
      n_ubatch: 512,
      flash_attn: plan.flashAttention === 'on' ? 1 : 0,
      freq_base: '10000.0',
      freq_scale: 1,
    }),
    ...(options.contextLength < model.contextLength
      ? [
          `${context}n_ctx_per_seq (${options.contextLength}) < n_ctx_train (${model.contextLength}) -- the full capacity of the model will not be utilized`,
        ]
      : []),
    `llama_kv_cache_init: kv_size = ${cells}, offload = 1, type_k = '${type}', type_v = '${type}', n_layer = ${model.blockCount}, can_shift = 1`,
    ...(devices.length > 0
      ? devices.map(({ place, number }) =>
          bufferLine(
            'llama_kv_cache_init: ',
            `CUDA${number}`,
            'KV',
            (plan.placement.keyValueBytes * (plan.placement.layerCounts[place] ?? 0)) /
              Math.max(1, plan.placement.layers),
          ),
        )
      : [bufferLine('llama_kv_cache_init: ', 'CPU', 'KV', plan.placement.keyValueBytes)]),
    `${context}KV self size  = ${mebibytes(half * 2).padStart(7)} MiB, K (${type}): ${mebibytes(half).padStart(7)} MiB, V (${type}): ${mebibytes(half).padStart(7)} MiB`,
    bufferLine(context, devices.length > 0 ? 'CUDA_Host' : 'CPU', ' output', vocabularySize(model) * 4 * plan.parallel),
    ...(devices.length > 0
      ? devices.map(({ number }) => bufferLine(context, `CUDA${number}`, 'compute', graph))
      : [bufferLine(context, 'CPU', 'compute', graph)]),
    `${context}graph nodes  = ${model.blockCount * 32 + 6}`,
    `${context}graph splits = ${devices.length > 0 ? devices.length + 1 : 1}`,
  ]
}
