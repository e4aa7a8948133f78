import type { ServerSettings } from '../../../shared/ollama/chosen-settings'
import { Child, type ChildExit } from '../../process/child'
import { isStill, mayStillRun } from '../../process/known-process'
import { markOf } from '../../process/process-list'
import { endProcess } from '../../process/process-tree'
import type { Program } from '../../process/program'
import type { KnownProcess } from '../../process/running-process'
import type { Probe } from './probe'
import { endRunners } from './runners'
import type { StartedServer } from './server-record'
import type { Sight } from './sight'

const silencesUntilHung = 2
const graceMs = 8000

type Start = {
  applied: ServerSettings
  isSimulated: boolean
  environment: Record<string, string>
  /** The one it is started in. */
  folder: string
  /** Files: the server may outlive us, and a closed pipe would kill it. */
  output: { stdout: number; stderr: number }
}

/** A server that Corral started: this one, or one before it. */
export class OwnedServer {
  /** Its runners, as they were last seen: they outlive a server that is killed. */
  runners: readonly KnownProcess[] = []
  #hasAnswered: boolean
  #silences = 0

  private constructor(
    readonly process: KnownProcess,
    readonly startedAtMs: number,
    readonly applied: ServerSettings,
    private readonly isSimulated: boolean,
    private readonly child: Child | null,
  ) {
    this.#hasAnswered = child === null
  }

  static async start(
    program: Program,
    { applied, isSimulated, environment, folder, output }: Start,
  ): Promise<OwnedServer> {
    const child = Child.start(program, ['serve'], {
      environment,
      folder,
      stdio: ['ignore', output.stdout, output.stderr],
      mayOutliveUs: true,
    })
    await child.started()
    const mark = child.pid === null ? null : await markOf(child.pid)
    return new OwnedServer({ pid: child.pid ?? -1, mark: mark ?? '' }, Date.now(), applied, isSimulated, child)
  }

  /** The one of an earlier Corral, as it was noted. */
  static fromRecord({ process, startedAtMs, applied, isSimulated, runners }: StartedServer): OwnedServer {
    const server = new OwnedServer(process, startedAtMs, applied, isSimulated, null)
    server.runners = runners
    return server
  }

  get pid(): number | null {
    return this.process.pid === -1 ? null : this.process.pid
  }

  get owner(): 'corral' | 'earlier-corral' {
    return this.child ? 'corral' : 'earlier-corral'
  }

  /** Whether it ever was ready: what fails at the first try would fail at the next. */
  get hasAnswered(): boolean {
    return this.#hasAnswered
  }

  /** Whether it is still there, for certain. */
  isStill(): Promise<boolean> {
    return isStill(this.process)
  }

  get hasExited(): boolean {
    return this.child?.hasExited ?? false
  }

  /** Of a server of an earlier Corral the system tells nobody how it ended. */
  get exited(): Promise<ChildExit> | null {
    return this.child?.exited ?? null
  }

  noteAnswer(): void {
    this.#hasAnswered = true
    this.#silences = 0
  }

  /** What this answer of its address says of it. */
  async sightOf(answer: Probe): Promise<Sight> {
    const answers = answer.kind === 'ollama'
    // A child's end is told by the system. Another process may have the number, but then it does not answer.
    const runs = this.child !== null || (answers ? await mayStillRun(this.process) : await isStill(this.process))
    if (!runs) return 'ours-is-gone'
    if (answers) return 'ours-answers'
    this.#silences++
    return this.#silences >= silencesUntilHung ? 'ours-stays-silent' : 'ours-is-silent'
  }

  /** Ends it and whatever it has started. */
  async end(): Promise<void> {
    await endProcess(this.process, graceMs)
    await this.endRunners()
    await this.child?.exited
  }

  endRunners(): Promise<void> {
    return endRunners(this.process.pid, this.runners)
  }

  toRecord(): StartedServer {
    const { process, startedAtMs, applied, isSimulated } = this
    const runners = this.runners.map(({ pid, mark }) => ({ pid, mark }))
    return { process, startedAtMs, applied, isSimulated, runners }
  }
}
