import { setTimeout as pause } from 'node:timers/promises'
import type { ChildExit } from '../../../process/child'
import type { Configuration } from '../../configuration'
import { damagedModels, labModels } from './lab-models.testing'
import type { Exchange, Recording, Request } from './recorded-exchange.testing'
import { isAlive, Stage } from './stage.testing'

/** What a scene brings to light beside its exchanges. */
export type Played = {
  log: string
  exit: ChildExit | null
  /** Whether each runner was alive after the server's end. */
  runnersAlive: boolean[]
  exchanges: Exchange[]
}

type Act = {
  stage: Stage
  /** Asks what these recordings asked, one after the other. */
  ask(...names: string[]): Promise<void>
  /** Puts an exchange under the name of a recording. */
  keep(name: string, exchange: Promise<Exchange>): Promise<void>
  played: Played
}

export type Scene = {
  /** Of the recording "serve-NAME.log". */
  log: string
  environment?: Record<string, string>
  configuration?: Partial<Configuration>
  isOldOnly?: boolean
  play?(act: Act): Promise<void>
}

const get = (path: string): Request => ({ method: 'GET', path, body: '' })
const post = (path: string, body: object): Request => ({ method: 'POST', path, body: JSON.stringify(body) })
const long = post('/api/generate', { model: 'big', prompt: 'tell me all', options: { num_predict: 4000 } })
const slow = { decodeTokensPerSecond: 200 }

const registry = (mode: 'redirect' | 'plain', more: object = {}): Partial<Configuration> => ({
  installed: [],
  pullBytesPerSecond: 60e6,
  registries: { '127.0.0.1:5000': { scheme: 'http', mode, models: labModels, ...more } },
})

const tuned = {
  OLLAMA_NUM_PARALLEL: '4',
  OLLAMA_CONTEXT_LENGTH: '4096',
  OLLAMA_MAX_LOADED_MODELS: '2',
  OLLAMA_KEEP_ALIVE: '10m',
  OLLAMA_FLASH_ATTENTION: '1',
  OLLAMA_KV_CACHE_TYPE: 'q8_0',
}

/** Ends the server while a model is loaded, or in the middle of an answer. */
const ending = (signal: NodeJS.Signals, isStreaming: boolean): Scene => {
  const name = `${signal}-${isStreaming ? 'streaming' : 'loaded'}`
  return {
    log: name,
    ...(isStreaming ? { configuration: slow } : {}),
    async play({ stage, ask, keep, played }) {
      await ask(`sig-${name}-load`)
      const runners = await stage.runners()
      let answer: Promise<void> = Promise.resolve()
      if (isStreaming) {
        let text = ''
        answer = keep(
          `sig-${name}-client`,
          stage.send(long, (sofar) => {
            text = sofar
          }),
        )
        await stage.until(() => text.split('\n').length > 5)
      }
      played.exit = await stage.simulator.kill(signal)
      await answer
      await pause(50)
      played.runnersAlive = runners.map(isAlive)
      for (const pid of runners) if (isAlive(pid)) process.kill(pid, 'SIGTERM')
      await stage.until(() => !runners.some(isAlive))
    },
  }
}

const askAtOnce = (stage: Stage, models: readonly string[], path: string) =>
  Promise.all(
    models.map((model) =>
      stage.send(
        post(path, { model, messages: [{ role: 'user', content: 'hello there' }], options: { num_predict: 30 } }),
      ),
    ),
  )

/** The longest first: it is what all wait for at the end. */
export const scenes: Scene[] = [
  {
    log: 'pull',
    configuration: registry('redirect'),
    async play({ ask, stage, keep }) {
      await ask('pull-tiny', 'pull-tiny-again', 'pull-http-scheme', 'pull-tiny-nostream', 'pull-http-not-insecure')
      await ask('pull-unknown', 'pull-unknown-nostream', 'pull-not-insecure', 'pull-bad-name', 'pull-no-registry')
      await ask('pull-bad-json', 'pull-big-throttled', 'pull-tags', 'pull-generate', 'pull-delete-big')
      const pull = post('/api/pull', { model: '127.0.0.1:5000/library/big:latest', insecure: true })
      await keep(
        'pull-cancelled',
        stage.send(pull, (text) => (text.split('\n').length > 6 ? 'leave' : undefined)),
      )
      await ask('pull-resumed', 'pull-delete-big2')
      const first = ask('pull-big-client1')
      await pause(200)
      await Promise.all([first, ask('pull-big-client2')])
      // The next are those of the command line.
      for (const model of ['tiny', 'nope']) {
        await stage.send(post('/api/pull', { model: `127.0.0.1:5000/library/${model}:latest`, insecure: true }))
      }
    },
  },
  {
    log: 'default',
    async play({ ask, stage }) {
      await ask('version', 'root')
      await stage.send(get('/api/tags'))
      await ask('ps-empty', 'tags', 'show', 'show-missing', 'load-only', 'ps', 'generate-stream', 'generate-nostream')
      await ask('chat-stream', 'chat-nostream', 'v1-chat-stream', 'v1-chat-stream-usage', 'v1-chat-256')
      await ask('v1-chat-nostream', 'v1-models', 'embed', 'err-chat-missing-model', 'err-generate-missing-model')
      await ask('err-chat-no-model', 'err-chat-bad-json', 'err-chat-no-body', 'err-chat-wrong-type')
      await ask('err-v1-missing-model', 'err-v1-bad-json', 'err-v1-no-messages', 'err-404', 'err-405')
      await ask('delete', 'delete-missing', 'copy', 'unload')
      // The next questions are those of the command line.
      await ask('ps-after-unload')
      await stage.send(get('/api/tags'))
      await stage.send(post('/api/show', { model: 'tiny' }))
      await stage.send(get('/api/ps'))
      await stage.send(get('/api/version'))
    },
  },
  { log: 'empty', configuration: { installed: [] }, play: ({ ask }) => ask('tags-empty') },
  {
    log: 'env',
    environment: tuned,
    async play({ ask }) {
      for (const model of ['tiny2', 'big', 'tiny3']) await ask(`env-load-${model}`, `env-ps-after-${model}`)
    },
  },
  { log: 'env-debug', environment: { OLLAMA_DEBUG: '1' }, play: ({ ask }) => ask('debug-gen') },
  {
    log: 'badenv-OLLAMA_KV_CACHE_TYPE',
    environment: { OLLAMA_KV_CACHE_TYPE: 'q7_9' },
    play: ({ ask }) => ask('badenv-kv-gen'),
  },
  { log: 'badenv-OLLAMA_NUM_PARALLEL', environment: { OLLAMA_NUM_PARALLEL: 'abc' } },
  { log: 'badenv-OLLAMA_KEEP_ALIVE', environment: { OLLAMA_KEEP_ALIVE: 'soon' } },
  {
    log: 'badload',
    configuration: { library: damagedModels, installed: ['trunc', 'tiny2'] },
    isOldOnly: true,
    play: ({ ask }) => ask('load-truncated', 'v1-load-truncated', 'load-damaged-blob'),
  },
  {
    log: 'badload',
    configuration: { library: damagedModels, installed: ['tiny2'] },
    isOldOnly: false,
    play: ({ ask }) => ask('load-truncated', 'v1-load-truncated', 'load-damaged-blob'),
  },
  {
    log: 'queue1',
    environment: { OLLAMA_NUM_PARALLEL: '1', OLLAMA_MAX_QUEUE: '1' },
    async play({ ask, stage, played }) {
      await ask('queue-load')
      played.exchanges = await askAtOnce(stage, Array(8).fill('big'), '/api/chat')
    },
  },
  {
    log: 'queue1-max1',
    environment: { OLLAMA_NUM_PARALLEL: '1', OLLAMA_MAX_QUEUE: '1', OLLAMA_MAX_LOADED_MODELS: '1' },
    configuration: { faults: { loadTakesMs: 400 } },
    async play({ stage, played }) {
      const models = ['big', 'tiny', 'tiny2', 'tiny3']
      played.exchanges = [
        ...(await askAtOnce(stage, [...models, ...models, ...models], '/api/chat')),
        ...(await askAtOnce(stage, [...models, ...models], '/v1/chat/completions')),
      ]
    },
  },
  ending('SIGTERM', false),
  ending('SIGINT', false),
  ending('SIGTERM', true),
  ending('SIGKILL', false),
  ending('SIGKILL', true),
  {
    log: 'runner-killed',
    configuration: slow,
    async play({ ask, stage, keep, played }) {
      await ask('rk-load')
      const [idle = 0] = await stage.runners()
      process.kill(idle, 'SIGKILL')
      await stage.until(() => !isAlive(idle))
      await ask('rk-ps', 'rk-generate-after')
      let text = ''
      const answer = keep(
        'rk-midstream-client',
        stage.send(long, (sofar) => {
          text = sofar
        }),
      )
      await stage.until(() => text.split('\n').length > 5)
      for (const pid of await stage.runners()) process.kill(pid, 'SIGKILL')
      await answer
      played.exit = await stage.simulator.kill('SIGTERM')
    },
  },
  { log: 'pull-direct', configuration: registry('redirect'), play: ({ ask }) => ask('pull-mode-direct') },
  { log: 'pull-plain', configuration: registry('plain'), play: ({ ask }) => ask('pull-mode-plain') },
  {
    log: 'pull-faults',
    configuration: registry('redirect', { missingBlob: true }),
    play: ({ ask }) => ask('pull-missing-blob'),
  },
  {
    log: 'pull-dropped',
    configuration: { ...registry('redirect'), pullBytesPerSecond: 2e6, faults: { pullDropsAtBytes: 400_000 } },
    play: ({ ask }) => ask('pull-dropped-connection'),
  },
  {
    log: 'pull-corrupt',
    configuration: registry('redirect', { corruptBlob: true }),
    play: ({ ask }) => ask('pull-corrupt'),
  },
]

const togetherAtMost = 3

/** Plays all scenes of a version, a few at a time; the exchanges by the names of their recordings. */
export async function playAll(version: string, isOld: boolean, recordings: readonly Recording[]) {
  const exchanges = new Map<string, Exchange>()
  const played = new Map<string, Played>()
  const waiting = scenes.filter((scene) => scene.isOldOnly === undefined || scene.isOldOnly === isOld)
  const work = async () => {
    for (let scene = waiting.shift(); scene; scene = waiting.shift()) {
      played.set(scene.log, await playScene(version, scene, recordings, exchanges))
    }
  }
  await Promise.all(Array.from({ length: togetherAtMost }, work))
  return { exchanges, played }
}

async function playScene(
  version: string,
  scene: Scene,
  recordings: readonly Recording[],
  exchanges: Map<string, Exchange>,
): Promise<Played> {
  const stage = await Stage.set(version, scene.configuration, scene.environment)
  const result: Played = { log: '', exit: null, runnersAlive: [], exchanges: [] }
  const keep = async (name: string, exchange: Promise<Exchange>) => {
    exchanges.set(name, await exchange)
  }
  const ask = async (...names: string[]) => {
    for (const name of names) {
      const request = recordings.find((recording) => recording.name === name)?.request
      if (!request) throw new Error(`no recording tells what "${name}" asks`)
      await keep(name, stage.send(request))
    }
  }
  try {
    await scene.play?.({ stage, ask, keep, played: result })
    result.exit ??= await stage.simulator.kill('SIGTERM')
    result.log = stage.simulator.log
    return result
  } finally {
    await stage.simulator.close()
  }
}
