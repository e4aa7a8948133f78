import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import type { OllamaProgram } from '../../../shared/contract/server'
import { Failure } from '../../../shared/failure'
import { JsonFile } from '../../platform/json-file'
import type { Logger } from '../../platform/logger'
import { fromHome } from '../../platform/paths'
import { SavedForm } from '../../platform/saved-form'
import { Watched } from '../../platform/watched'
import { binary, type Program } from '../../process/program'
import { findOllamaFiles, readProgramVersion } from './find-ollama'

const ProgramsFile = z.object({
  /** The file the user pointed at. */
  pointedAt: z.string().nullable().default(null),
  isSimulated: z.boolean().default(false),
})
const programsForm = new SavedForm('chosen program', ProgramsFile)

export type ProgramsState = { isSimulated: boolean; isLooking: boolean; ollama: OllamaProgram[] }

type Simulator = { ollama: Program; nvidiaSmi: Program }

/** Which Ollama is run: one of this machine's, or the simulator in its place. */
export class Programs {
  readonly state: Watched<ProgramsState>
  readonly #file: JsonFile<typeof ProgramsFile>
  #inUse: Program | null = null

  constructor(
    dataFolder: string,
    private readonly simulator: Simulator,
    isDemo: boolean,
    logger: Logger,
  ) {
    this.#file = new JsonFile(join(dataFolder, 'programs.json'), programsForm, logger)
    const isSimulated = isDemo || this.#file.value.isSimulated
    this.state = new Watched<ProgramsState>({ isSimulated, isLooking: true, ollama: [] })
  }

  /** The program to start; null when there is none. */
  get ollama(): Program | null {
    return this.#inUse
  }

  /** The simulated nvidia-smi, while the simulator is on. */
  get simulatedNvidiaSmi(): Program | null {
    return this.state.current.isSimulated ? this.simulator.nvidiaSmi : null
  }

  /** Looks again and asks each one found for its version. */
  async look(): Promise<void> {
    const { isSimulated } = this.state.current
    this.state.update((state) => ({ ...state, isLooking: true }))
    const found = isSimulated
      ? [{ file: 'simulator', program: this.simulator.ollama }]
      : findOllamaFiles(this.#file.value.pointedAt).map((file) => ({ file, program: binary(file) }))
    const ollama = await Promise.all(
      found.map(async ({ file, program }) => ({ file, version: await readProgramVersion(program), isSimulated })),
    )
    if (this.state.current.isSimulated !== isSimulated) return
    this.#inUse = found[0]?.program ?? null
    this.state.set({ isSimulated, isLooking: false, ollama })
  }

  /**
   * Uses this file from now on, `beforeUse` first. Failures: `fileNotFound`; `binaryNotOllama` when it does not answer as
   * Ollama does.
   */
  async pointAt(written: string, beforeUse: () => Promise<void>): Promise<void> {
    const file = fromHome(written.trim().replace(/^(["'])(.*)\1$/, '$2'))
    if (!existsSync(file)) throw new Failure('fileNotFound', file)
    const [found] = findOllamaFiles(file)
    if (found !== file) throw new Failure('binaryNotOllama', `${file} cannot be run`)
    const version = await readProgramVersion(binary(file))
    if (version === null) throw new Failure('binaryNotOllama', `${file} --version named no version`)
    await beforeUse()
    this.#file.write({ ...this.#file.value, pointedAt: file, isSimulated: false })
    this.state.update((state) => ({ ...state, isSimulated: false }))
    await this.look()
  }

  async useSimulator(isOn: boolean): Promise<void> {
    this.#file.write({ ...this.#file.value, isSimulated: isOn })
    this.state.update((state) => ({ ...state, isSimulated: isOn, ollama: [] }))
    await this.look()
  }
}
