import { goBytes } from '../manners/go-values'
import type { Log } from '../manners/log'
import { type LoadStory, usedCards } from '../scheduling/load-story'
import { commandLine } from '../scheduling/runner'
import { debugSpawn } from './debug-log'
import { sayMemory } from './memory-log'

/** What 0.32 says from the decision to load until its runner starts to load. */
export function sayNewLoading(log: Log, story: LoadStory): void {
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
  log.info('llama_server.go:433', 'starting llama-server', { cmd: commandLine(story) })
  debugSpawn(log, false)
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
