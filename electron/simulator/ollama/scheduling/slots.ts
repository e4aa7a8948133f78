/** Places of a runner: as many requests as there are slots, the others wait in the order they came. */
export class Slots {
  readonly #waiting: (() => void)[] = []
  #inUse = 0

  constructor(readonly count: number) {}

  get inUse(): number {
    return this.#inUse
  }

  get waiting(): number {
    return this.#waiting.length
  }

  /** True once there is a place, false where the caller left before. */
  async take(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false
    if (this.#inUse < this.count) {
      this.#inUse++
      return true
    }
    return new Promise((resolve) => {
      const enter = () => {
        signal.removeEventListener('abort', leave)
        resolve(true)
      }
      const leave = () => {
        this.#waiting.splice(this.#waiting.indexOf(enter), 1)
        resolve(false)
      }
      this.#waiting.push(enter)
      signal.addEventListener('abort', leave, { once: true })
    })
  }

  giveBack(): void {
    const next = this.#waiting.shift()
    if (next) next()
    else this.#inUse--
  }
}
