import { heldBytes } from '../cards/holder'
import type { MachineFolder } from '../cards/machine-folder'
import type { Configuration } from '../configuration'
import { Engine } from '../engine/engine'
import { PromptCache } from '../engine/prompt-cache'
import { sayDamaged, sayKeyValueTypeRefused, sayLoading, sayReady } from '../log/load-log'
import type { Log } from '../log/log'
import { oldVocabularyOnlyLines } from '../log/old-load-lines'
import type { ModelStore, StoredModel } from '../models/model-store'
import type { ServeSettings } from '../server/serve-settings'
import { ServerError } from '../server/server-error'
import { isOldStyle } from '../server/version-style'
import { freeCardBytes } from './card-memory'
import type { LoadOptions } from './load-options'
import { LoadedModel } from './loaded-model'
import { decodeRate, prefillRate } from './placement'
import { type Plan, planNew, planOld } from './plan'
import { runnerArguments, runnerFile, startRunner } from './runner'
import { Slots } from './slots'

const knownKeyValueTypes = ['', 'f32', 'f16', 'bf16', 'q8_0', 'q4_0', 'q4_1', 'iq4_nl', 'q5_0', 'q5_1']
const shortestLoadMs = 30

/** Starts runners: decides where a model goes, says so in the log, and waits as long as its size takes. */
export class Loader {
  readonly #old: boolean

  constructor(
    private readonly configuration: Configuration,
    private readonly settings: ServeSettings,
    private readonly store: ModelStore,
    private readonly log: Log,
    private readonly machine: MachineFolder | null,
  ) {
    this.#old = isOldStyle(configuration.version)
  }

  /** Where the model would go beside those that are loaded. */
  plan(model: StoredModel, options: LoadOptions, loaded: readonly LoadedModel[]): Plan {
    const { cards, hostMemoryGibibytes } = this.configuration
    const own = new Set(loaded.flatMap(({ child }) => child.pid ?? []))
    const foreign = heldBytes(this.machine, cards.length, own)
    const freeBytes = cards.map((card, index) => {
      const taken = loaded.reduce((sum, { placement }) => sum + (placement.cardBytes[index] ?? 0), 0)
      return Math.max(0, freeCardBytes(card) - taken - (foreign[index] ?? 0))
    })
    const hostFreeBytes = (hostMemoryGibibytes - 0.6) * 2 ** 30
    const plan = this.#old ? planOld : planNew
    return plan({
      model: model.manifest.simulated,
      options,
      settings: this.settings,
      version: this.configuration.version,
      freeBytes: this.settings.visibleCards.map((place) => ({ place, bytes: freeBytes[place] ?? 0 })),
      cardCount: cards.length,
      hostFreeBytes,
      hasOthers: loaded.length > 0,
    })
  }

  /** Throws where the loading fails; `began` is told of the runner as soon as it lives. */
  async load(
    model: StoredModel,
    options: LoadOptions,
    plan: Plan,
    keepAliveMs: number,
    loadedCount: number,
    began: (loaded: LoadedModel) => void,
    signal: AbortSignal,
  ): Promise<LoadedModel> {
    const { version, cards, faults, threads, loadSecondsPerGibibyte, batchOverhead } = this.configuration
    const simulated = model.manifest.simulated
    const weightsFile = this.store.weightsFile(model)
    if (plan.refusal) throw new ServerError(500, plan.refusal)
    if (!this.#old && simulated.isDamaged)
      throw new ServerError(500, sayDamaged(this.log, version, simulated, weightsFile))

    const commandArguments = runnerArguments({
      version,
      weightsFile,
      options,
      parallel: plan.parallel,
      threads,
      layers: plan.placement.layers,
      layerCounts: plan.placement.layerCounts,
      batchSize: plan.batchSize,
      isEmbedding: !simulated.capabilities.includes('completion'),
      isDebug: this.settings.isDebug,
      isOnSingleCard: plan.isOnSingleCard,
      usesMmap: plan.usesMmap,
      flashAttention: plan.flashAttention,
      keyValueType: this.settings.keyValueType,
      port: 32_768 + Math.floor(Math.random() * 28_000),
    })
    const story = {
      configuration: this.configuration,
      settings: this.settings,
      model,
      weightsFile,
      options,
      plan,
      command: `${runnerFile(version)} ${commandArguments.join(' ')}`,
      loadedCount,
    }
    const beganAtMs = performance.now()
    sayLoading(this.log, story)
    const refusal = this.#refusal(model, weightsFile)
    if (refusal) {
      await pause(shortestLoadMs, signal)
      throw new ServerError(500, refusal())
    }
    const child = startRunner(commandArguments, this.configuration, plan.placement)
    const loaded = new LoadedModel(
      model,
      options,
      plan.placement,
      plan.sizeBytes,
      plan.vramBytes,
      new Slots(plan.parallel),
      new Engine({
        prefillTokensPerSecond: this.configuration.prefillTokensPerSecond ?? prefillRate(simulated, plan.placement),
        decodeTokensPerSecond: this.configuration.decodeTokensPerSecond ?? decodeRate(simulated, plan.placement, cards),
        batchOverhead,
      }),
      new PromptCache(plan.parallel),
      child,
      keepAliveMs,
    )
    began(loaded)
    const sizeMs = (simulated.sizeBytes / 2 ** 30) * loadSecondsPerGibibyte * 1000
    await pause(Math.max(shortestLoadMs, faults.loadTakesMs ?? sizeMs), signal, loaded)
    if (signal.aborted) {
      this.log.warnAt(
        { old: 'server.go:564', new: 'llama_server.go:1301' },
        this.#old
          ? 'client connection closed before server finished loading, aborting load'
          : 'client connection closed before llama-server finished loading, aborting load',
      )
      throw new ServerError(
        499,
        this.#old ? 'timed out waiting for llama runner to start: context canceled' : 'request canceled',
      )
    }
    if (loaded.isDead) throw new ServerError(500, `${this.#runnerName} process has terminated: signal: killed`)
    loaded.isLoading = false
    if (this.#old) loaded.firstAnswerLines = oldVocabularyOnlyLines(story)
    sayReady(this.log, story, (performance.now() - beganAtMs) / 1000)
    return loaded
  }

  get #runnerName() {
    return this.#old ? 'llama runner' : 'llama-server'
  }

  /** What a runner dies of before it is ready; saying it is left to the moment it happens. */
  #refusal(model: StoredModel, weightsFile: string): (() => string) | null {
    const { faults, version } = this.configuration
    const { keyValueType } = this.settings
    if (faults.loadError) {
      const text = faults.loadError
      return () => text
    }
    if (model.manifest.simulated.isDamaged) {
      return () => sayDamaged(this.log, version, model.manifest.simulated, weightsFile)
    }
    if (!this.#old && !knownKeyValueTypes.includes(keyValueType)) {
      return () => sayKeyValueTypeRefused(this.log, keyValueType, weightsFile)
    }
    return null
  }
}

/** Waits, but no longer than the caller or the runner lives. */
function pause(durationMs: number, signal: AbortSignal, loaded?: LoadedModel): Promise<void> {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer)
      signal.removeEventListener('abort', wake)
      forget?.()
      resolve()
    }
    const timer = setTimeout(wake, durationMs)
    signal.addEventListener('abort', wake)
    const forget = loaded?.onDeath(wake)
    if (signal.aborted || loaded?.isDead) wake()
  })
}
