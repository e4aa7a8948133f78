/** Every line of the list is this high, in px. */
export const rowHeight = 20

type Scroller = Pick<HTMLElement, 'scrollTo' | 'scrollBy'>
type Scrolled = Pick<HTMLElement, 'scrollTop' | 'scrollHeight' | 'clientHeight'>

/**
 * Where the reader of a log stands: at its end, which is followed, or at a place of the list. It moves the list when the
 * end moves, when a place is gone to, and when lines before those in sight are dropped.
 */
export class LogCursor {
  /** The end stays in sight. */
  follows = true
  /** The line that was pressed, stepped to or found. */
  place: number | null = null
  /** Counts up with every change that listeners hear of. */
  version = 0
  /** Where to go once the list is long enough; another level's list comes a moment later. */
  #target: number | null = null
  #sight = { number: 0, place: 0, lastPlace: 0 }
  #list = { lineCount: 0, height: 0 }
  #lastTop = 0
  readonly #listeners = new Set<() => void>()

  constructor(private readonly scroller: () => Scroller | null) {}

  /** The list has so many lines now, and its window is so high. */
  laidOut(lineCount: number, height: number): void {
    if (lineCount === this.#list.lineCount && height === this.#list.height) return
    this.#list = { lineCount, height }
    this.#toEnd()
    this.#toTarget()
  }

  /** In sight are the lines from the one with this number, at this place, to the one at the last place. */
  see(number: number, place: number, lastPlace: number): void {
    this.#sight = { number, place, lastPlace }
  }

  /** Follows the end, or no longer. */
  follow(follows: boolean): void {
    if (follows === this.follows) return
    this.follows = follows
    this.#toEnd()
    this.#tell()
  }

  /** Stands at a line that is in sight. */
  stand(place: number): void {
    this.follows = false
    this.place = place
    this.#tell()
  }

  /** Goes to a line and brings it into the middle of the sight. */
  go(place: number): void {
    this.#target = place
    this.#toTarget()
    this.stand(place)
  }

  /** A step up or down from where it stands; what leaves the sight is followed. */
  step(by: number): void {
    if (this.place === null) return
    const place = Math.max(0, Math.min(this.#list.lineCount - 1, this.place + by))
    if (place <= this.#sight.place || place >= this.#sight.lastPlace) this.go(place)
    else this.stand(place)
  }

  /** Another level's list has other places. */
  forgetPlaces(): void {
    this.place = null
    this.#target = null
    this.#tell()
  }

  /** The oldest lines were dropped: what was in sight stays there. `placeOf` finds where a line is now. */
  async dropped(placeOf: (number: number) => Promise<number | null>): Promise<void> {
    const { number, place } = this.#sight
    if (this.follows || number === 0) return
    const now = await placeOf(number).catch(() => null) // the banner of a lost host says it
    if (now === null) return
    const moved = now - place
    this.scroller()?.scrollBy({ top: moved * rowHeight })
    this.place = this.place === null || this.place + moved < 0 ? null : this.place + moved
    this.#tell()
  }

  /** The reader has scrolled, or the list has. */
  scrolled({ scrollTop, scrollHeight, clientHeight }: Scrolled): void {
    const isUp = scrollTop < this.#lastTop - 2
    this.#lastTop = scrollTop
    // Not because the list became shorter: then it stands at its end.
    if (isUp && scrollHeight - scrollTop - clientHeight > 2 * rowHeight) this.follow(false)
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  // Not by the row's number: while the list still grows that stops short of the end.
  #toEnd() {
    const { lineCount, height } = this.#list
    if (this.follows && lineCount > 0 && height > 0) this.scroller()?.scrollTo({ top: lineCount * rowHeight })
  }

  #toTarget() {
    const { lineCount, height } = this.#list
    if (this.#target === null || this.#target >= lineCount || height === 0) return
    this.scroller()?.scrollTo({ top: (this.#target + 0.5) * rowHeight - height / 2 })
    this.#target = null
  }

  #tell() {
    this.version++
    for (const listener of this.#listeners) listener()
  }
}
