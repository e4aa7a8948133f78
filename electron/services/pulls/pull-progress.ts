import type { Pull } from '../../../shared/contract/pulls'
import type { OllamaRecord } from '../../wire/records'
import { TransferRate } from './transfer-rate'

const stalledAfterMs = 10_000

/** One bar out of many layers: Ollama tells each by itself, one after the other. */
export class PullProgress {
  readonly #layers = new Map<string, { total: number; completed: number }>()
  readonly #rate = new TransferRate()
  #movedAtMs = Date.now()
  #status = ''
  /** What the registry says of all layers together; null until it has, or where it could not be asked. */
  registryBytes: number | null = null
  isDone = false

  get completedBytes(): number {
    return [...this.#layers.values()].reduce((sum, { completed }) => sum + completed, 0)
  }

  /** The whole, as far as it is told: the registry knows all layers, Ollama those that it has come to. */
  get totalBytes(): number {
    const toldBytes = [...this.#layers.values()].reduce((sum, { total }) => sum + total, 0)
    return Math.max(toldBytes, this.registryBytes ?? 0)
  }

  take({ status, digest, total, completed }: OllamaRecord): void {
    const before = this.#status
    this.#status = String(status ?? '') // `create` has numbers here
    if (this.#status !== before) this.#movedAtMs = Date.now()
    if (this.#status === 'success') this.isDone = true
    if (typeof digest !== 'string' || typeof total !== 'number') return
    const known = this.#layers.get(digest)?.completed ?? 0
    const now = typeof completed === 'number' ? completed : 0
    this.#layers.set(digest, { total, completed: now })
    if (now !== known) this.#movedAtMs = Date.now()
    this.#rate.add(Date.now(), this.completedBytes)
  }

  /** What has changed of the pull; before the first layer that is at most its silence. */
  now(nowMs: number): Partial<Pull> {
    const isVerifying = /^(verifying|writing|removing)/.test(this.#status)
    const isStalled = !isVerifying && nowMs - this.#movedAtMs > stalledAfterMs
    const state = isVerifying ? 'verifying' : isStalled ? 'stalled' : 'running'
    if (this.#layers.size === 0) return { state }
    const { completedBytes, totalBytes } = this
    // The old server is silent for up to a second after each layer: nothing is on its way then.
    const isWhole = isVerifying || completedBytes >= totalBytes
    const bytesPerSecond = isWhole ? null : isStalled ? 0 : this.#rate.bytesPerSecond(nowMs)
    return {
      state,
      completedBytes,
      totalBytes,
      isTotalFinal: isVerifying || this.registryBytes !== null,
      bytesPerSecond,
      remainingMs: bytesPerSecond ? ((totalBytes - completedBytes) / bytesPerSecond) * 1000 : null,
    }
  }
}
