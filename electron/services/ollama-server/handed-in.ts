import type { OllamaProgram } from '../../../shared/contract/server'
import type { Watched } from '../../platform/watched'
import type { Program } from '../../process/program'

/** Which Ollama is run: what was found, and the one to start. */
export type FoundPrograms = {
  readonly state: Watched<{ isSimulated: boolean; isLooking: boolean; ollama: OllamaProgram[] }>
  /** Null when there is none. */
  readonly ollama: Program | null
  /** Looks again and asks each one found for its version. */
  look(): Promise<void>
}

/** The same, with the wish for another. */
export type ChosenPrograms = FoundPrograms & {
  /** Uses this file from now on, `beforeUse` first. Failure: `binaryNotOllama` when it does not answer as Ollama does. */
  pointAt(file: string, beforeUse: () => Promise<void>): Promise<void>
  useSimulator(isOn: boolean): Promise<void>
}

/** Where the words of the server are kept. */
export type Log = {
  /** What Corral did to the server. */
  add(stream: 'corral', lines: readonly string[]): void
  /** Another server begins; what the one before it said stays readable. */
  beginServer(): void
  /** Begins anew, as another Ollama does. */
  clear(): void
  /** The lines that somebody who wants to know why it died would read. */
  lastLines(count: number): string[]
}

/** The files that a server writes to, and their way into the log. */
export type Output = {
  /** Sets the last run's files aside and gives the descriptors for a new server. Close them once it has started. */
  openForServer(): { stdout: number; stderr: number; close(): void }
  /** Brings what is in the files, and what comes, into the log. */
  follow(): void
  /** Takes what has been written since, without waiting for the next round. */
  readNow(): void
  close(): void
}
