import type { SimulatedModel } from '../configuration'
import { goBytes } from '../go/values'
import { tensorsOf } from '../models/model-file'
import { fullName } from '../models/model-name'
import { freeCardBytes } from '../scheduling/card-memory'
import { isOldStyle } from '../server/version-style'
import { type LoadStory, usedCards } from './load-story'
import type { Log } from './log'
import { newLoadLines } from './new-load-lines'
import { oldLoadLines } from './old-load-lines'

/** All a server says from the decision to load until its runner starts to load. */
export function sayLoading(log: Log, story: LoadStory): void {
  if (isOldStyle(story.configuration.version)) sayOldLoading(log, story)
  else sayNewLoading(log, story)
}

/** The runner is ready: first what llama.cpp has printed meanwhile. */
export function sayReady(log: Log, story: LoadStory, seconds: number): void {
  const took = seconds.toFixed(2)
  if (isOldStyle(story.configuration.version)) {
    log.bare(oldLoadLines(story))
    log.info('server.go:596', `llama runner started in ${took} seconds`)
    return
  }
  log.bare(newLoadLines(story))
  log.info('llama_server.go:1362', `llama-server started in ${took} seconds`)
  log.info('images.go:381', 'template selection', {
    model: fullName(story.model.full),
    selected: 'go_template',
    renderer: '',
    parser: '',
    go_template: `[${story.model.manifest.simulated.capabilities.join(' ')}]`,
    chat_template: 'null',
    harmony: 'null',
    renderer_parser: 'null',
  })
  log.info('sched.go:728', 'loaded runners', { count: story.loadedCount + 1 })
  log.info('llama_server.go:1295', 'waiting for llama-server to start responding')
  log.info('llama_server.go:1362', `llama-server started in ${took} seconds`)
}

function sayMemory(log: Log, source: string, { configuration: { hostMemoryGibibytes } }: LoadStory): void {
  log.info(source, 'system memory', {
    total: `${hostMemoryGibibytes.toFixed(1)} GiB`,
    free: `${(hostMemoryGibibytes - 0.6).toFixed(1)} GiB`,
    free_swap: '0 B',
  })
}

function sayOldLoading(log: Log, story: LoadStory): void {
  const { plan, weightsFile, settings, configuration } = story
  const model = story.model.manifest.simulated
  const { estimate } = plan
  if (!estimate) return
  const sayKeys = () => {
    if (model.keyLength) return
    for (const part of ['key', 'value']) {
      log.warn('ggml.go:132', 'key not found', {
        key: `${model.family}.attention.${part}_length`,
        default: model.embeddingLength / model.headCount,
      })
    }
  }
  if (plan.fit === 'single') {
    sayKeys()
    log.info('sched.go:715', 'new model will fit in available VRAM in single GPU, loading', {
      model: weightsFile,
      gpu: configuration.cards[plan.cardPlace]?.uuid ?? '',
      parallel: plan.parallel,
      available: Math.round(plan.freeBytes[0] ?? 0),
      required: goBytes(plan.requiredBytes),
    })
  } else if (plan.fit === 'all') {
    sayKeys()
    log.info('sched.go:731', 'new model will fit in available VRAM, loading', {
      model: weightsFile,
      library: 'cuda',
      parallel: plan.parallel,
      required: goBytes(plan.requiredBytes),
    })
  } else if (plan.fit === 'host' && story.loadedCount > 0) sayKeys()
  sayMemory(log, 'server.go:97', story)
  sayKeys()
  const onHost = plan.fit === 'host'
  const split = plan.placement.layerCounts.filter((count) => count > 0)
  const graphs = estimate
  const total = onHost ? estimate.totalBytes : estimate.vramBytes + plan.placement.hostBytes
  log.info('server.go:130', 'offload', {
    library: onHost ? 'cpu' : 'cuda',
    'layers.requested': story.options.gpuLayers,
    'layers.model': model.blockCount + 1,
    'layers.offload': onHost ? 0 : estimate.layers,
    'layers.split': split.length > 1 ? split.join(',') : '',
    'memory.available': `[${plan.freeBytes.map(goBytes).join(' ')}]`,
    'memory.gpu_overhead': goBytes(settings.gpuOverheadBytes),
    'memory.required.full': goBytes(total),
    'memory.required.partial': goBytes(estimate.vramBytes),
    'memory.required.kv': goBytes(estimate.keyValueBytes),
    'memory.required.allocations': `[${(onHost ? [total] : estimate.cardBytes).map(goBytes).join(' ')}]`,
    'memory.weights.total': goBytes(estimate.weightsTotal),
    'memory.weights.repeating': goBytes(estimate.weightsRepeating),
    'memory.weights.nonrepeating': goBytes(estimate.weightsOutput),
    'memory.graph.full': goBytes(graphs.graphFull),
    'memory.graph.partial': goBytes(graphs.graphPartial),
  })
  if (plan.isFlashRefused) log.warn('server.go:170', 'flash attention enabled but not supported by gpu')
  if (plan.flashAttention === 'on') {
    log.info('server.go:182', 'enabling flash attention')
    if (!['f16', 'q8_0', 'q4_0'].includes(settings.keyValueType)) {
      log.warn('server.go:190', 'kv cache type not supported by model', { type: settings.keyValueType })
    }
  } else if (settings.keyValueType && settings.keyValueType !== 'f16') {
    log.warn('server.go:193', 'quantized kv cache requested but flash attention disabled', {
      type: settings.keyValueType,
    })
  }
  log.info('server.go:380', 'starting llama server', { cmd: story.command })
  log.info('sched.go:450', 'loaded runners', { count: story.loadedCount + 1 })
  log.info('server.go:557', 'waiting for llama runner to start responding')
  log.info('server.go:591', 'waiting for server to become available', { status: 'llm server error' })
  sayOldRunner(log, story)
}

function sayOldRunner(log: Log, story: LoadStory): void {
  const { threads } = story.configuration
  const cards = usedCards(story)
  log.info('runner.go:932', 'starting go runner')
  if (cards.length > 0) {
    log.bare([
      'ggml_cuda_init: GGML_CUDA_FORCE_MMQ:    no',
      'ggml_cuda_init: GGML_CUDA_FORCE_CUBLAS: no',
      `ggml_cuda_init: found ${cards.length} CUDA devices:`,
      ...cards.map(({ card, number }) => `  Device ${number}: ${card.name}, compute capability 8.9, VMM: yes`),
      'load_backend: loaded CUDA backend from /usr/local/lib/ollama/cuda_v12/libggml-cuda.so',
    ])
  }
  log.bare(['load_backend: loaded CPU backend from /usr/local/lib/ollama/libggml-cpu-icelake.so'])
  log.info('runner.go:935', 'system', {
    info: `${cards.length > 0 ? 'CUDA : ARCHS = 500,600,610,700,750,800,860,870,890,900 | USE_GRAPHS = 1 | PEER_MAX_BATCH_SIZE = 128 | ' : ''}CPU : LLAMAFILE = 1 | CPU : SSE3 = 1 | SSSE3 = 1 | AVX = 1 | AVX2 = 1 | F16C = 1 | FMA = 1 | LLAMAFILE = 1 | cgo(gcc)`,
    threads,
  })
  const port = / --port (\d+)/.exec(story.command)?.[1] ?? '0'
  log.info('runner.go:993', `Server listening on 127.0.0.1:${port}`)
  log.bare(
    cards.map(
      ({ card, number }, place) =>
        `llama_load_model_from_file: using device CUDA${number} (${card.name}) - ${Math.round((story.plan.freeBytes[place] ?? freeCardBytes(card)) / 2 ** 20)} MiB free`,
    ),
  )
}

function sayNewLoading(log: Log, story: LoadStory): void {
  const { plan, weightsFile, settings, configuration } = story
  const cards = usedCards(story)
  const [first] = cards
  if (plan.isOnSingleCard && first) {
    log.info('sched.go:1013', 'selecting single GPU for llama-server model', {
      main_gpu: 0,
      id: first.number,
      filter_id: first.place,
      library: 'CUDA',
      name: `CUDA${first.number}`,
      description: first.card.name,
      integrated: false,
      predicted: goBytes(plan.requiredBytes),
      available: goBytes(plan.freeBytes[0] ?? 0),
    })
  }
  if (story.loadedCount > 0 && cards.length > 0) {
    const free = goBytes(plan.freeBytes.reduce((sum, bytes) => sum + bytes, 0))
    log.info('sched.go:562', 'llama-server model fits alongside existing models', {
      predicted: goBytes(plan.requiredBytes),
      predicted_num_ctx: story.options.contextLength * plan.parallel,
      num_batch: plan.batchSize,
      available: free,
      gpu_free: free,
      system_free: `${(configuration.hostMemoryGibibytes - 0.6).toFixed(1)} GiB`,
      system_limited: false,
    })
  }
  if (!plan.usesMmap && story.options.usesMmap === null) {
    log.info('sched.go:1147', 'disabling mmap for llama-server load by default', { model: weightsFile, reason: 'cpu' })
  }
  log.info('server.go:109', 'using llama-server for model', { model: weightsFile })
  log.info('llama_server.go:433', 'starting llama-server', { cmd: story.command })
  sayMemory(log, 'sched.go:613', story)
  const minimum = 457 * 2 ** 20
  cards.forEach(({ number }, place) => {
    const free = plan.freeBytes[place] ?? 0
    log.info('sched.go:620', 'gpu memory', {
      id: number,
      library: 'CUDA',
      available: goBytes(Math.max(0, free - settings.gpuOverheadBytes - minimum)),
      free: goBytes(free),
      minimum: goBytes(minimum),
      overhead: goBytes(settings.gpuOverheadBytes),
    })
  })
  log.info('llama_server.go:1048', 'loading model via llama-server', { model: weightsFile })
  log.info('llama_server.go:1295', 'waiting for llama-server to start responding')
  log.info('llama_server.go:1350', 'waiting for llama-server to become available', {
    status: 'llm server not responding',
  })
}

/** A file that is cut short: the old server learns it from its runner, the new one reads it before. Gives the error. */
export function sayDamaged(log: Log, version: string, model: SimulatedModel, weightsFile: string): string {
  const tensor = tensorsOf(model).find(({ name }) => name === 'blk.0.ffn_down.weight')?.name ?? 'output.weight'
  if (!isOldStyle(version)) {
    const error = `tensor "output.weight" offset+size (${model.sizeBytes + 6336}) exceeds file size (${model.sizeBytes})`
    log.info('sched.go:529', 'failed to load model metadata', { model: weightsFile, error })
    return error
  }
  const problem = `error loading model: tensor '${tensor}' data is not within the file bounds, model is corrupted or incomplete`
  const error = `llama runner process has terminated: ${problem}\nllama_load_model_from_file: failed to load model`
  log.bare([
    `llama_model_load: ${problem}`,
    'llama_load_model_from_file: failed to load model',
    `panic: unable to load model: ${weightsFile}`,
    '',
    'goroutine 3 [running]:',
    'github.com/ollama/ollama/runner/llamarunner.(*Server).loadModel(0x3c934f2922d0, {0x0, 0x0, 0x0, 0x0, {0x0, 0x0, 0x0}, 0x3c934f24cc90, 0x0}, ...)',
    '\tgithub.com/ollama/ollama/runner/llamarunner/runner.go:851 +0x3cb',
    'created by github.com/ollama/ollama/runner/llamarunner.Execute in goroutine 1',
    '\tgithub.com/ollama/ollama/runner/llamarunner/runner.go:968 +0xcbd',
  ])
  log.error('server.go:421', 'llama runner terminated', { error: 'exit status 2' })
  log.error('sched.go:456', 'error loading llama server', { error })
  return error
}

/** The new server passes any KV cache type on; a wrong one ends llama-server at its start. Gives the error. */
export function sayKeyValueTypeRefused(log: Log, type: string, weightsFile: string): string {
  const error = 'llama-server process has terminated: exit status 1'
  log.bare([
    `error while handling argument "--cache-type-k": Unsupported cache type: ${type}`,
    '',
    'usage:',
    '-ctk,  --cache-type-k TYPE              KV cache data type for K',
    '                                        allowed values: f32, f16, bf16, q8_0, q4_0, q4_1, iq4_nl, q5_0, q5_1',
    '                                        (default: f16)',
    '                                        (env: LLAMA_ARG_CACHE_TYPE_K)',
    '',
    '',
    'to show complete usage, run with -h',
  ])
  log.info('sched.go:641', 'Load failed', { model: weightsFile, error })
  return error
}
