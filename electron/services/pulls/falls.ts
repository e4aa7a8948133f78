import type { Pull } from '../../../shared/contract/pulls'

/** Falls closer together are one: a connection that drops takes several parts with it. */
const sameFallMs = 500
/** No time left is told for so long after a fall: the speed before it says nothing. */
const fallingMs = 5000
const manyFalls = 3
/** A line that has lost nothing for so long is forgiven. */
const forgottenAfterMs = 5 * 60_000

/** How often what had arrived was thrown away: Ollama fetches a part anew that failed, and tells fewer bytes then. */
export class Falls {
  #lastAtMs = Number.NEGATIVE_INFINITY
  #atMs: number[] = []
  /** How far each layer was before it fell. */
  readonly #peaks = new Map<string, number>()

  /** What a layer says that has changed. */
  note(nowMs: number, { digest, fromBytes, toBytes }: { digest: string; fromBytes: number; toBytes: number }): void {
    if (toBytes < fromBytes) {
      if (nowMs - this.#lastAtMs > sameFallMs) this.#atMs.push(nowMs)
      this.#lastAtMs = nowMs
      this.#peaks.set(digest, Math.max(fromBytes, this.#peaks.get(digest) ?? 0))
    } else if (toBytes >= (this.#peaks.get(digest) ?? 0)) this.#peaks.delete(digest)
  }

  isFalling(nowMs: number): boolean {
    return nowMs - this.#lastAtMs < fallingMs
  }

  /** What to say of it now: that parts come anew, or that this line keeps losing them. */
  trouble(nowMs: number): Pull['trouble'] {
    this.#atMs = this.#atMs.filter((atMs) => nowMs - atMs < forgottenAfterMs)
    if (this.#atMs.length >= manyFalls) return 'loses-parts'
    return this.#peaks.size > 0 ? 'refetching' : null
  }
}
