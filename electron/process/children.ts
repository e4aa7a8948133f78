import { z } from 'zod'
import { JsonFile } from '../platform/json-file'
import type { Logger } from '../platform/logger'
import { SavedForm } from '../platform/saved-form'
import { Child, type ChildOptions } from './child'
import { findProcess, markOf } from './process-list'
import type { Program } from './program'

const Recorded = z.object({
  children: z.array(z.object({ pid: z.number(), mark: z.string() })).default([]),
})
const recordForm = new SavedForm('record of children', Recorded)

/** Every child that must not outlive us. A kill -9 of the host leaves the record, and the next start ends what is left. */
export class Children {
  readonly #record: JsonFile<typeof Recorded>
  /** With the mark of each, null until it is known. */
  readonly #living = new Map<Child, string | null>()
  #isClosed = false

  constructor(
    recordFile: string,
    private readonly logger: Logger,
  ) {
    this.#record = new JsonFile(recordFile, recordForm, logger)
  }

  /** Starts a child that ends with us. */
  start(
    program: Program,
    commandArguments: readonly string[],
    options: Omit<ChildOptions, 'mayOutliveUs'> = {},
  ): Child {
    if (this.#isClosed) throw new Error('no child may start after closing')
    const child = Child.start(program, commandArguments, options)
    this.#living.set(child, null)
    void this.#mark(child)
    void child.exited.then(() => {
      this.#living.delete(child)
      if (!this.#isClosed) this.#remember()
    })
    return child
  }

  /** Ends what an earlier host left behind: same pid and same beginning, so that nobody else's process is touched. */
  async sweep(): Promise<void> {
    for (const { pid, mark } of this.#record.value.children) {
      const left = await findProcess(pid)
      if (left?.mark !== mark) continue
      this.logger.warn('ending a child that an earlier Corral left behind', { pid, command: left.command })
      try {
        process.kill(pid, 'SIGKILL')
      } catch {
        // It ended between the look and the kill.
      }
    }
    this.#write([])
  }

  /** Ends all children; one that is stuck does not hold up the others. */
  async close(): Promise<void> {
    this.#isClosed = true
    await Promise.all([...this.#living.keys()].map((child) => child.stop(2000)))
    this.#write([])
  }

  /** Asked once a child: outside of Linux a program is started to find it out. */
  async #mark(child: Child) {
    const mark = child.pid === null ? null : await markOf(child.pid)
    if (mark === null || this.#isClosed || !this.#living.has(child)) return
    this.#living.set(child, mark)
    this.#remember()
  }

  #remember() {
    this.#write([...this.#living].flatMap(([{ pid }, mark]) => (pid === null || mark === null ? [] : [{ pid, mark }])))
  }

  #write(children: z.output<typeof Recorded>['children']) {
    try {
      this.#record.write({ children })
    } catch (error) {
      // A full disk: what ends with us still does, and only after a kill -9 nobody would know of it.
      this.logger.error('the children could not be written down', error)
    }
  }
}
