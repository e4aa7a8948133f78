import { isDeepStrictEqual } from 'node:util'
import { Watched } from '../../platform/watched'
import { mayStillRun } from '../../process/known-process'
import { findProcess, listDescendants } from '../../process/process-list'
import { endProcess, leftBehind } from '../../process/process-tree'
import type { KnownProcess, RunningProcess } from '../../process/running-process'

/** A model that the server says it holds. */
export type Loaded = {
  name: string
  contextLength: number | null
  /** When it unloads, which each request moves. */
  expiresAtMs?: number | null
}

const runnerProgram = /ollama|llama-server/i
const endsWithinMs = 1000
/** A runner may be listed a little before it is seen; one that another user owns is never seen. */
const triesForMissing = 3

/**
 * The processes in which a server runs its models: one that Corral started, or one that it adopted. A look at all
 * processes is the most that an idle Corral could do (on Windows it starts a PowerShell), so it looks only when the
 * server holds other models than before, or when one of the processes is gone.
 */
export class Runners {
  /** As of the last look. */
  readonly known = new Watched<readonly RunningProcess[]>([])
  #serverPid: number | null = null
  #loaded = ''
  #triesLeft = 0
  #expiries = ''
  #looking: Promise<readonly RunningProcess[]> | null = null
  #seesAll = false

  constructor(private readonly list: (pid: number) => Promise<RunningProcess[]> = listDescendants) {}

  /**
   * Whether those known are all there are: the server itself is seen, and is no stand-in for one in another place, as
   * what Docker puts before a port is.
   */
  get seesAll(): boolean {
    return this.#seesAll
  }

  /** Another server from now on; null for none. */
  follow(serverPid: number | null): void {
    if (serverPid === this.#serverPid) return
    this.#serverPid = serverPid
    this.#loaded = ''
    this.#seesAll = false
    this.#know([])
  }

  /** The runners, now that these models are loaded. */
  async of(loaded: readonly Loaded[]): Promise<readonly RunningProcess[]> {
    const before = this.#loaded
    this.#loaded = loaded
      .map(({ name, contextLength }) => `${name} ${contextLength}`)
      .sort()
      .join()
    if (this.#loaded !== before) {
      this.#triesLeft = triesForMissing
      return this.look()
    }
    const known = this.known.current
    const alive = await Promise.all(known.map(mayStillRun))
    if (alive.includes(false)) return this.look()
    // One that was used since may have a process again.
    const expiries = loaded.map(({ expiresAtMs }) => expiresAtMs).join()
    if (expiries !== this.#expiries && loaded.every(({ expiresAtMs }) => expiresAtMs !== undefined)) {
      this.#expiries = expiries
      this.#triesLeft = triesForMissing
    }
    const isMissing = known.filter(({ command }) => command.includes('--model ')).length < loaded.length
    return isMissing && this.#triesLeft-- > 0 ? this.look() : known
  }

  /** Looks now, whatever is loaded. */
  look(): Promise<readonly RunningProcess[]> {
    this.#looking ??= this.#lookNow().finally(() => {
      this.#looking = null
    })
    return this.#looking
  }

  async #lookNow() {
    const pid = this.#serverPid
    const found = pid === null ? [] : await this.list(pid)
    const server = pid === null ? null : await findProcess(pid)
    if (pid === this.#serverPid) {
      this.#know(found)
      this.#seesAll = /ollama/i.test(server?.command ?? '')
    }
    return found
  }

  #know(found: readonly RunningProcess[]) {
    if (!isDeepStrictEqual(found, this.known.current)) this.known.set(found)
  }
}

/** A server that was killed leaves its runners behind, and they hold the graphics memory. */
export async function endRunners(serverPid: number, noted: readonly KnownProcess[]): Promise<void> {
  // One that was started since the last look is not among those noted.
  const all = [...noted, ...(await leftBehind(serverPid, runnerProgram))]
  const each = new Map(all.map(({ pid, mark }) => [pid, mark]))
  await Promise.all([...each].map(([pid, mark]) => endProcess({ pid, mark }, endsWithinMs)))
}
