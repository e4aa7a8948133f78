import type { Configuration } from '../../configuration'
import { isOldStyle } from '../manners/version-style'
import type { Blobs } from './blobs'
import type { Layer } from './manifest'

const saveEveryMs = 1000
const retryAfterMs = 1000

/**
 * One layer on its way, shared by all who pull it. How far it is follows from the clock, so it needs no timer:
 * whoever asks moves it on. Its state is written down once a second and when the last puller leaves.
 */
export class Download {
  #completedBytes: number
  #askedAtMs: number
  #savedAtMs: number
  #fullAtMs: number | null = null
  readonly #beganAtMs = performance.now()
  pullerCount = 0
  #hasDropped = false

  constructor(
    readonly layer: Layer,
    private readonly configuration: Configuration,
    private readonly blobs: Blobs,
  ) {
    this.#completedBytes = blobs.partialBytes(layer.digest)
    this.#askedAtMs = this.#beganAtMs + configuration.pullLatencyMs
    this.#savedAtMs = this.#beganAtMs
  }

  /** Bytes that have arrived by now. */
  completedBytes(nowMs = performance.now()): number {
    const { faults, pullBytesPerSecond } = this.configuration
    const elapsedMs = Math.max(0, nowMs - this.#askedAtMs)
    this.#askedAtMs = Math.max(this.#askedAtMs, nowMs)
    const limit = Math.min(this.layer.size, faults.pullStallsAtBytes ?? this.layer.size)
    const arrived = this.#completedBytes + ((faults.pullBytesPerSecond ?? pullBytesPerSecond) * elapsedMs) / 1000
    this.#completedBytes = Math.max(this.#completedBytes, Math.min(limit, arrived))
    if (nowMs - this.#savedAtMs >= saveEveryMs) this.save(nowMs)
    return Math.floor(this.#completedBytes)
  }

  /** The old server notices the end of a layer only at the full second: ollama.md, 9. */
  isDone(nowMs = performance.now()): boolean {
    if (this.completedBytes(nowMs) < this.layer.size) return false
    this.#fullAtMs ??= nowMs
    const { version, pullLatencyMs, layerCheckMs } = this.configuration
    const neededMs = Math.max(pullLatencyMs, this.#fullAtMs - this.#beganAtMs)
    return (
      nowMs - this.#beganAtMs >= (isOldStyle(version) ? Math.ceil(neededMs / layerCheckMs) * layerCheckMs : neededMs)
    )
  }

  /** Whether its connection drops now, as a fault wants it: nothing comes for a second. */
  takeDrop(nowMs = performance.now()): boolean {
    const { pullDropsAtBytes } = this.configuration.faults
    if (pullDropsAtBytes == null || this.#hasDropped || this.layer.size <= pullDropsAtBytes) return false
    if (this.completedBytes(nowMs) < pullDropsAtBytes) return false
    this.#hasDropped = true
    this.#askedAtMs = nowMs + retryAfterMs
    return true
  }

  save(nowMs = performance.now()): void {
    this.#savedAtMs = nowMs
    if (this.#completedBytes < this.layer.size) {
      this.blobs.writePartial(this.layer.digest, this.layer.size, this.#completedBytes)
    }
  }
}
