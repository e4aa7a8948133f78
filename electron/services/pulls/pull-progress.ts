import type { Pull } from '../../../shared/contract/pulls'
import type { OllamaRecord } from '../../wire/records'
import { Falls } from './falls'
import { Movement } from './movement'
import { TransferRate } from './transfer-rate'

/** One bar out of many layers: Ollama tells each by itself, one after the other. */
export class PullProgress {
  readonly #layers = new Map<string, { total: number; completed: number }>()
  readonly #rate = new TransferRate()
  readonly #falls = new Falls()
  readonly #movement = new Movement(Date.now())
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

  /** The files that were told of, in the order in which they are fetched ("sha256:<hex>"). */
  get digests(): string[] {
    return [...this.#layers.keys()]
  }

  get #isVerifying(): boolean {
    return /^(verifying|writing|removing)/.test(this.#status)
  }

  /** All of it is there: what follows is Ollama's own work. */
  get #isWhole(): boolean {
    return this.#isVerifying || (this.registryBytes !== null && this.completedBytes >= this.totalBytes)
  }

  take({ status, digest, total, completed }: OllamaRecord): void {
    const nowMs = Date.now()
    const before = this.#status
    this.#status = String(status ?? '') // `create` has numbers here
    if (this.#status !== before) this.#movement.begin(nowMs)
    if (this.#status === 'success') this.isDone = true
    if (typeof digest !== 'string' || typeof total !== 'number') return
    const known = this.#layers.get(digest)?.completed ?? 0
    const now = typeof completed === 'number' ? completed : 0
    this.#layers.set(digest, { total, completed: now })
    if (now !== known) this.#moved(nowMs, digest, known, now)
    this.#rate.add(nowMs, this.completedBytes)
  }

  #moved(nowMs: number, digest: string, fromBytes: number, toBytes: number) {
    const hasFallen = toBytes < fromBytes
    this.#movement.note(nowMs, hasFallen)
    this.#falls.note(nowMs, { digest, fromBytes, toBytes })
    // From where it has fallen to, it climbs at its own speed; the fall is none.
    if (hasFallen) this.#rate.beginAnew()
  }

  /** Whether it has stood still for so long that another may go first. */
  mayYield(nowMs: number): boolean {
    return !this.#isWhole && this.#movement.mayYield(nowMs)
  }

  /** What has changed of the pull; before the first layer that is at most its silence. */
  now(nowMs: number): Partial<Pull> {
    const isVerifying = this.#isVerifying
    const isBetweenLayers = this.#layers.size > 0 && this.completedBytes >= this.totalBytes
    const isStalled = !this.#isWhole && this.#movement.isStalled(nowMs, isBetweenLayers)
    const state = isVerifying ? 'verifying' : isStalled ? 'stalled' : 'running'
    if (this.#layers.size === 0) return { state }
    const { totalBytes } = this
    // A quick layer may have told none of its lines: once it checks them, Ollama has all.
    const completedBytes = isVerifying ? totalBytes : this.completedBytes
    // The old server is silent for up to a second after each layer: nothing is on its way then.
    const isFull = completedBytes >= totalBytes
    const bytesPerSecond = isFull ? null : isStalled ? 0 : this.#rate.bytesPerSecond(nowMs)
    const isFalling = this.#falls.isFalling(nowMs)
    return {
      state,
      completedBytes,
      totalBytes,
      isTotalFinal: isVerifying || this.registryBytes !== null,
      bytesPerSecond,
      remainingMs: bytesPerSecond && !isFalling ? ((totalBytes - completedBytes) / bytesPerSecond) * 1000 : null,
      trouble: isVerifying ? null : this.#falls.trouble(nowMs),
    }
  }
}
