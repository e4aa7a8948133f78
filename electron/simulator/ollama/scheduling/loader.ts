import { heldBytes } from '../../cards/holder'
import type { MachineFolder } from '../../cards/machine-folder'
import type { Configuration } from '../../configuration'
import { Engine } from '../../engine/engine'
import type { ServeSettings } from '../manners/serve-settings'
import { ServerError } from '../manners/server-error'
import { isOlder, isOldStyle } from '../manners/version-style'
import type { ModelStore, StoredModel } from '../models/model-store'
import { freeCardBytes } from './card-memory'
import type { LoadOptions } from './load-options'
import type { LoadStory } from './load-story'
import type { LoadTeller } from './load-teller'
import { LoadedModel } from './loaded-model'
import { decodeRate, prefillRate } from './placement'
import { type Plan, planNew, planOld } from './plan'
import { runnerArguments, startRunner } from './runner'

const knownKeyValueTypes = ['', 'f32', 'f16', 'bf16', 'q8_0', 'q4_0', 'q4_1', 'iq4_nl', 'q5_0', 'q5_1']
const shortestLoadMs = 30
/** How often the server asks a runner that loads. */
const statusEveryMs = 250

/** Starts runners: decides where a model goes, says so in the log, and waits as long as its size takes. */
export class Loader {
  readonly #old: boolean

  constructor(
    private readonly configuration: Configuration,
    private readonly settings: ServeSettings,
    private readonly store: ModelStore,
    private readonly teller: LoadTeller,
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
    request: { model: StoredModel; options: LoadOptions; keepAliveMs: number; signal: AbortSignal },
    plan: Plan,
    loadedCount: number,
    began: (loaded: LoadedModel) => void,
  ): Promise<LoadedModel> {
    const { signal, model } = request
    if (plan.refusal) throw new ServerError(500, plan.refusal)
    const story = this.#begin(request, plan, loadedCount)
    const beganAtMs = performance.now()
    const early = this.#refusalBefore(story)
    if (early) throw new ServerError(500, early)
    this.teller.loading(story)
    const refusal = this.#refusalOfRunner(story)
    if (refusal) {
      await pause(shortestLoadMs, signal)
      throw new ServerError(500, refusal())
    }
    const loaded = new LoadedModel(story, startRunner(story), this.#engineFor(story), request.keepAliveMs)
    began(loaded)
    const { faults, loadSecondsPerGibibyte } = this.configuration
    const sizeMs = (model.manifest.simulated.sizeBytes / 2 ** 30) * loadSecondsPerGibibyte * 1000
    const durationMs = Math.max(shortestLoadMs, faults.loadTakesMs ?? sizeMs)
    await pause(Math.min(durationMs, statusEveryMs), signal, loaded)
    if (durationMs > statusEveryMs) {
      this.teller.stillLoading()
      await pause(durationMs - statusEveryMs, signal, loaded)
    }
    if (signal.aborted) throw this.#abort()
    if (loaded.isDead) throw new ServerError(500, `${this.#runnerName} process has terminated: signal: killed`)
    loaded.isLoading = false
    this.teller.ready(loaded, (performance.now() - beganAtMs) / 1000)
    return loaded
  }

  get #runnerName() {
    return this.#old ? 'llama runner' : 'llama-server'
  }

  /** Since 0.30 both are handed on as they are: q8_0 and its like need flash attention. */
  get #needsFlash() {
    const { flashAttention, keyValueType } = this.settings
    const isQuantized = !['', 'f32', 'f16', 'bf16'].includes(keyValueType)
    return !isOlder(this.configuration.version, '0.30.0') && flashAttention === false && isQuantized
  }

  #begin(request: { model: StoredModel; options: LoadOptions }, plan: Plan, loadedCount: number): LoadStory {
    const asked = {
      configuration: this.configuration,
      settings: this.settings,
      model: request.model,
      weightsFile: this.store.weightsFile(request.model),
      options: request.options,
      plan,
      port: 32_768 + Math.floor(Math.random() * 28_000),
      loadedCount,
    }
    return { ...asked, commandArguments: runnerArguments(asked) }
  }

  #engineFor({ model, plan }: LoadStory): Engine {
    const { simulated } = model.manifest
    const { prefillTokensPerSecond, decodeTokensPerSecond, batchOverhead, cards } = this.configuration
    return new Engine({
      prefillTokensPerSecond: prefillTokensPerSecond ?? prefillRate(simulated, plan.placement),
      decodeTokensPerSecond: decodeTokensPerSecond ?? decodeRate(simulated, plan.placement, cards),
      batchOverhead,
    })
  }

  #abort(): ServerError {
    this.teller.loadAborted()
    return new ServerError(499, 'request canceled')
  }

  /** The new server reads a file before it starts a runner for it. */
  #refusalBefore(story: LoadStory): string | null {
    return !this.#old && story.model.manifest.simulated.isDamaged ? this.teller.damaged(story) : null
  }

  /** What a runner dies of before it is ready; saying it is left to the moment it happens. */
  #refusalOfRunner(story: LoadStory): (() => string) | null {
    const { loadError } = this.configuration.faults
    if (loadError) return () => loadError
    if (story.model.manifest.simulated.isDamaged) return () => this.teller.damaged(story)
    if (!this.#old && !knownKeyValueTypes.includes(this.settings.keyValueType)) {
      return () => this.teller.keyValueTypeRefused(story)
    }
    if (this.#needsFlash) return () => this.teller.flashNeeded(story)
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
