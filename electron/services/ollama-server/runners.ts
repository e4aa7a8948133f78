import { listDescendants, type RunningProcess } from '../../process/process-list'

/** The processes in which a server runs its models: one that Corral started, or one that it adopted. */
export class Runners {
  #serverPid: number | null = null

  /** Another server from now on; null for none. */
  follow(serverPid: number | null): void {
    this.#serverPid = serverPid
  }

  async look(): Promise<RunningProcess[]> {
    return this.#serverPid === null ? [] : listDescendants(this.#serverPid)
  }
}
