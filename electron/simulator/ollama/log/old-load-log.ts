import { goBytes } from '../manners/go-values'
import type { Log } from '../manners/log'
import { freeCardBytes } from '../scheduling/card-memory'
import { type LoadStory, usedCards } from '../scheduling/load-story'
import { commandLine } from '../scheduling/runner'
import { debugOldEstimate, debugOldLibraries, debugSpawn } from './debug-log'
import { sayMemory } from './memory-log'

/** What 0.5.12 says from the decision to load until its runner starts to load. */
export function sayOldLoading(log: Log, story: LoadStory): void {
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
  debugOldEstimate(log, story)
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
  debugOldLibraries(log, story)
  log.info('server.go:380', 'starting llama server', { cmd: commandLine(story) })
  debugSpawn(log, true)
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
  log.debug('ggml.go:89', 'ggml backend load all from path', { path: '/usr/local/lib/ollama' })
  log.bare(['load_backend: loaded CPU backend from /usr/local/lib/ollama/libggml-cpu-icelake.so'])
  log.info('runner.go:935', 'system', {
    info: `${cards.length > 0 ? 'CUDA : ARCHS = 500,600,610,700,750,800,860,870,890,900 | USE_GRAPHS = 1 | PEER_MAX_BATCH_SIZE = 128 | ' : ''}CPU : LLAMAFILE = 1 | CPU : SSE3 = 1 | SSSE3 = 1 | AVX = 1 | AVX2 = 1 | F16C = 1 | FMA = 1 | LLAMAFILE = 1 | cgo(gcc)`,
    threads,
  })
  log.info('runner.go:993', `Server listening on 127.0.0.1:${story.port}`)
  log.bare(
    cards.map(
      ({ card, number }, place) =>
        `llama_load_model_from_file: using device CUDA${number} (${card.name}) - ${Math.round((story.plan.freeBytes[place] ?? freeCardBytes(card)) / 2 ** 20)} MiB free`,
    ),
  )
}
