/** How a part is to end. */
export type Ending = {
  /** The server goes on running after Corral. */
  leaveServer: boolean
}

type Closer = (ending: Ending) => unknown

/** What has been opened, to be closed in the opposite order. */
export class Opened {
  readonly #closers: Closer[] = []

  /** To be called as soon as something is open: what opens next may fail. */
  onClose(close: Closer): void {
    this.#closers.push(close)
  }

  /** One that fails must not keep the rest from ending: a server would be left running. */
  async close(ending: Ending, onError: (error: unknown) => void): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close(ending)
      } catch (error) {
        onError(error)
      }
    }
  }
}
