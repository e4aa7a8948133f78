import { feedForwardLength, vocabularySize } from '../models/model-file'
import { type LoadStory, usedCards } from '../scheduling/load-story'
import { weightsOf } from '../scheduling/weights'
import { bufferLine, figures, loaderLines, mebibytes, table, tokenRows } from './model-lines'

/** What llama-server of 0.32 prints while it starts and loads. */
export function newLoadLines(story: LoadStory): string[] {
  const { configuration, plan, options, weightsFile } = story
  const { threads } = configuration
  return [
    'cmn  common_param: common_params_print_info: build 10488 (unknown) with GNU 12.2.0 for Linux x86_64',
    'cmn  common_param: common_params_print_info: verbosity = 4 (adjust with the `-lv N` CLI arg)',
    'cmn  common_param: device_info:',
    ...deviceLines(story),
    `cmn  common_param: system_info: n_threads = ${threads} (n_threads_batch = ${threads}) / ${threads} | CPU : SSE3 = 1 | SSSE3 = 1 | AVX = 1 | AVX2 = 1 | F16C = 1 | FMA = 1 | BMI2 = 1 | LLAMAFILE = 1 | REPACK = 1 | `,
    `srv          init: using ${threads + 3} threads for HTTP server`,
    'srv          init: The UI is disabled',
    'srv          init: Use --ui/--no-ui (or deprecated --webui/--no-webui) to enable/disable',
    'srv  llama_server: -----------------',
    "srv  llama_server: CORS is set to allow all origins ('*') and no API key is set",
    'srv  llama_server: this can be a security risk (cross-origin attacks)',
    'srv  llama_server: more info: https://github.com/ggml-org/llama.cpp/pull/25655',
    'srv  llama_server: -----------------',
    'srv         start: binding port with default address family',
    `srv    load_model: loading model '${weightsFile}'`,
    `srv    load_model: local path '${weightsFile}'`,
    ...fitLines(story),
    ...loaderLines(story.model.manifest.simulated, weightsFile),
    ...metaLines(story),
    ...tensorLines(story),
    'cmn  common_init_: added </s> logit bias = -inf',
    ...contextLines(story),
    `cmn          init: llama threadpool init, n_threads = ${threads}`,
    'cmn  common_init_: warming up the model with an empty run - please wait ... (--no-warmup to disable)',
    `srv    load_model: initializing, n_slots = ${plan.parallel}, n_ctx_slot = ${options.contextLength}, kv_unified = 'false'`,
    'spec common_specu: no implementations specified for speculative decoding',
    ...Array.from(
      { length: plan.parallel },
      (_, slot) =>
        `slot   load_model: id ${String(slot).padStart(2)} | task -1 | new slot, n_ctx = ${options.contextLength}`,
    ),
    'srv    load_model: prompt cache is enabled, size limit: 8192 MiB',
    'srv    load_model: use `--cache-ram 0` to disable the prompt cache',
    'srv    load_model: for more info see https://github.com/ggml-org/llama.cpp/pull/16391',
    'srv    load_model: context checkpoints enabled, max = 32, min spacing = 8192',
    'srv          init: idle slots will be saved to prompt cache upon starting a new task',
    ...chatTemplateExample,
    'srv          init: init: chat template, thinking = 0',
    'srv  llama_server: model loaded',
    `srv  llama_server: listening on http://127.0.0.1:${story.port}`,
    'srv  update_slots: all slots are idle',
  ]
}

const chatTemplateExample = [
  "srv          init: init: chat template, example_format: '<|im_start|>system",
  'You are a helpful assistant<|im_end|>',
  '<|im_start|>user',
  'Hello<|im_end|>',
  '<|im_start|>assistant',
  'Hi there<|im_end|>',
  '<|im_start|>user',
  'How are you?<|im_end|>',
  '<|im_start|>assistant',
  "'",
]

const whole = (bytes: number) => Math.round(bytes / 2 ** 20)

function deviceLines(story: LoadStory): string[] {
  const { hostMemoryGibibytes } = story.configuration
  const host = Math.round(hostMemoryGibibytes * 1024)
  return [
    ...usedCards(story).map(
      ({ card, number }, place) =>
        `cmn  common_param:   - CUDA${number}   : ${card.name} (${card.memoryMebibytes} MiB, ${whole(story.plan.freeBytes[place] ?? 0)} MiB free)`,
    ),
    `cmn  common_param:   - CPU     : Simulated CPU (${host} MiB, ${host} MiB free)`,
  ]
}

function fitLines(story: LoadStory): string[] {
  const cards = usedCards(story)
  const host = Math.round(story.configuration.hostMemoryGibibytes * 1024)
  const used = whole(story.plan.placement.hostBytes)
  const start = 'common_params_fit_impl: '
  return [
    'cmn  common_init_: fitting params to device memory ...',
    'cmn  common_init_: (for bugs during this step try to reproduce them with -fit off, or provide --verbose logs if the bug only occurs with -fit on)',
    `${start}getting device memory data for initial parameters:`,
    'common_memory_breakdown_print: | memory breakdown [MiB] | total   free    self   model   context   compute    unaccounted |',
    ...cards.map(
      ({ card, number, bytes }, place) =>
        `common_memory_breakdown_print: |   - CUDA${number} (${card.name}) | ${card.memoryMebibytes} = ${whole(story.plan.freeBytes[place] ?? 0)} + (${whole(bytes)})`,
    ),
    `common_memory_breakdown_print: |   - Host               | ${used} |`,
    ...(cards.length > 0
      ? [
          `${start}projected to use ${whole(cards.reduce((sum, card) => sum + card.bytes, 0))} MiB of device memory vs. ${whole(story.plan.freeBytes.reduce((sum, bytes) => sum + bytes, 0))} MiB of free device memory`,
        ]
      : [`${start}projected to use ${used} MiB of host memory vs. ${host} MiB of total host memory`]),
    `${start}will leave ${Math.max(0, host - used)} >= 1024 MiB of system memory, no changes needed`,
    'common_fit_params: successfully fit params to free device memory',
    'common_fit_params: fitting params to free memory took 0.00 seconds',
  ]
}

function metaLines(story: LoadStory): string[] {
  const model = story.model.manifest.simulated
  const known = figures(model)
  const row = (rows: Record<string, string | number>) => table('print_info: ', 21, rows)
  return [
    'print_info: file format = GGUF V3 (latest)',
    `print_info: file type   = ${known.fileType}`,
    `print_info: file size   = ${known.size}`,
    'load: 0 unused tokens',
    'load: printing all EOG tokens:',
    "load:   - 2 ('</s>')",
    'load: special tokens cache size = 3',
    'load: token to piece cache size = 0.0054 MB',
    ...row({
      arch: model.family,
      vocab_only: 0,
      no_alloc: 0,
      n_ctx_train: known.n_ctx_train,
      n_embd_inp: known.n_embd,
      n_embd: known.n_embd,
      n_embd_out: known.n_embd,
      n_layer: known.n_layer,
      n_layer_all: known.n_layer,
      n_head: known.n_head,
      n_head_kv: known.n_head_kv,
      n_rot: known.n_rot,
      n_swa: 0,
      is_swa_any: 0,
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
      f_attn_scale: '0.0e+00',
      f_attn_value_scale: '0.0000',
      n_ff: feedForwardLength(model),
      n_expert: 0,
      n_expert_used: 0,
      n_expert_groups: 0,
      n_group_used: 0,
      'causal attn': 1,
      'pooling type': -1,
      'rope type': 0,
      'rope scaling': 'linear',
      freq_base_train: '10000.0',
      freq_scale_train: 1,
      n_ctx_orig_yarn: known.n_ctx_train,
      rope_yarn_log_mul: '0.0000',
      rope_finetuned: 'unknown',
      'model type': known.modelType,
      'model params': known.params,
      'general.name': known.title,
      'vocab type': 'SPM',
      n_vocab: vocabularySize(model),
      n_merges: 0,
      ...tokenRows,
    }),
  ]
}

function tensorLines(story: LoadStory): string[] {
  const { placement, usesMmap } = story.plan
  const model = story.model.manifest.simulated
  const { blockBytes, embeddingBytes } = weightsOf(model)
  const cards = usedCards(story)
  const start = 'load_tensors: '
  return [
    `${start}loading model tensors, this can take a while... (load_mode = ${usesMmap ? 'mmap' : 'none'})`,
    ...(cards.length > 0
      ? [
          ...(placement.layers > model.blockCount ? [`${start}offloading output layer to GPU`] : []),
          `${start}offloading ${Math.max(0, Math.min(placement.layers, model.blockCount) - 1)} repeating layers to GPU`,
          `${start}offloaded ${placement.layers}/${model.blockCount + 1} layers to GPU`,
          bufferLine(
            start,
            'CPU_Mapped',
            'model',
            embeddingBytes + Math.max(0, model.blockCount - placement.layers) * blockBytes,
          ),
        ]
      : [bufferLine(start, 'CPU', 'model', model.sizeBytes)]),
    ...cards.map(({ place, number }) =>
      bufferLine(start, `CUDA${number}`, 'model', (placement.layerCounts[place] ?? 0) * blockBytes),
    ),
  ]
}

function contextLines(story: LoadStory): string[] {
  const { plan, options, settings } = story
  const model = story.model.manifest.simulated
  const cells = options.contextLength * plan.parallel
  const type = settings.keyValueType || 'f16'
  const half = plan.placement.keyValueBytes / 2
  const cards = usedCards(story)
  const start = 'llama_context: '
  const cache = 'llama_kv_cache: '
  const computeBytes = cards.length > 0 ? 560 * 2 ** 20 : 4.01 * 2 ** 20
  const share = (place: number) => (plan.placement.layerCounts[place] ?? 0) / Math.max(1, plan.placement.layers)
  return [
    `${start}constructing llama_context`,
    ...table(start, 21, {
      n_seq_max: plan.parallel,
      n_ctx: cells,
      n_ctx_seq: options.contextLength,
      n_batch: plan.batchSize,
      n_ubatch: plan.batchSize,
      causal_attn: 1,
      flash_attn: { on: 'enabled', off: 'disabled', auto: 'auto' }[plan.flashAttention],
      kv_unified: 'false',
      freq_base: '10000.0',
      freq_scale: 1,
      n_rs_seq: 0,
      n_outputs_max: plan.parallel,
      n_outputs_max_per_seq: 1,
    }),
    ...(options.contextLength < model.contextLength
      ? [
          `${start}n_ctx_seq (${options.contextLength}) < n_ctx_train (${model.contextLength}) -- the full capacity of the model will not be utilized`,
        ]
      : []),
    bufferLine(start, cards.length > 0 ? 'CUDA_Host' : 'CPU', ' output', vocabularySize(model) * 4),
    ...(cards.length > 0
      ? cards.map(({ place, number }) =>
          bufferLine(cache, `CUDA${number}`, 'KV', plan.placement.keyValueBytes * share(place)),
        )
      : [bufferLine(cache, 'CPU', 'KV', plan.placement.keyValueBytes)]),
    `${cache}size = ${mebibytes(half * 2).padStart(7)} MiB (${String(options.contextLength).padStart(6)} cells, ${String(model.blockCount).padStart(3)} layers, ${String(plan.parallel).padStart(2)}/${plan.parallel} seqs), K (${type}): ${mebibytes(half).padStart(7)} MiB, V (${type}): ${mebibytes(half).padStart(7)} MiB`,
    `${cache}attn_rot_k = 0, n_embd_head_k_all = ${figures(model).n_embd_head_k}`,
    `${cache}attn_rot_v = 0, n_embd_head_k_all = ${figures(model).n_embd_head_k}`,
    'sched_reserve: reserving ...',
    ...(plan.flashAttention === 'auto' ? ['resolve_fused_ops: Flash Attention enabled'] : []),
    'resolve_fused_ops: resolving fused Gated Delta Net support:',
    'resolve_fused_ops: fused Gated Delta Net (autoregressive) enabled',
    'resolve_fused_ops: fused Gated Delta Net (chunked) enabled',
    'resolve_fused_ops: resolving fused Lightning Indexer support:',
    'resolve_fused_ops: Lightning Indexer enabled',
    'resolve_fused_ops: resolving fused DeepSeek V4 HC support:',
    'resolve_fused_ops: fused DeepSeek V4 HC pre enabled',
    'resolve_fused_ops: fused DeepSeek V4 HC comb enabled',
    'resolve_fused_ops: fused DeepSeek V4 HC post enabled',
    ...(cards.length > 0
      ? cards.map(({ number }) => bufferLine('sched_reserve: ', `CUDA${number}`, 'compute', computeBytes))
      : [bufferLine('sched_reserve: ', 'CPU', 'compute', computeBytes)]),
    `sched_reserve: graph nodes  = ${model.blockCount * 31 + 6}`,
    `sched_reserve: graph splits = ${cards.length > 0 ? cards.length + 1 : 1}`,
    'sched_reserve: reserve took 1.01 ms, sched copies = 1',
  ]
}
