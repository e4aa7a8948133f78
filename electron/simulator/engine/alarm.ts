/**
 * Calls at a moment of performance.now(), never before it: Node's timers count whole milliseconds and may come up to one
 * too early, so the rest of the way is waited out turn by turn.
 */
export class Alarm {
  #timer: NodeJS.Timeout | null = null
  #turn: NodeJS.Immediate | null = null

  set(atMs: number, ring: () => void): void {
    this.clear()
    const leftMs = atMs - performance.now()
    if (leftMs >= 1) {
      this.#timer = setTimeout(() => this.set(atMs, ring), Math.floor(leftMs))
      return
    }
    this.#turn = setImmediate(() => {
      this.#turn = null
      if (performance.now() >= atMs) ring()
      else this.set(atMs, ring)
    })
  }

  clear(): void {
    if (this.#timer) clearTimeout(this.#timer)
    if (this.#turn) clearImmediate(this.#turn)
    this.#timer = null
    this.#turn = null
  }
}
