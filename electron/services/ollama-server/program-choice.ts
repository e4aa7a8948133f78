import type { ChosenPrograms } from './handed-in'
import type { OllamaServer } from './ollama-server'

type FilePicker = { pickFile(title: string): Promise<string | null> }

type Needs = { programs: ChosenPrograms; server: OllamaServer }

/** Which Ollama is run from now on, and what becomes of the one that runs. */
export class ProgramChoice {
  constructor(private readonly needs: Needs) {}

  async lookAgain(): Promise<void> {
    await this.needs.programs.look()
    await this.needs.server.takePrograms()
  }

  /** Failure: `binaryNotOllama` when the file does not answer as Ollama does. */
  async pointAt(file: string): Promise<void> {
    const { programs, server } = this.needs
    await programs.pointAt(file, async () => {
      if (programs.state.current.isSimulated && server.runsOurs) await server.stop()
    })
    await server.takePrograms()
  }

  /** Lets the user choose the file in a dialog of the host; nothing happens when they think better of it. */
  async pick(picker: FilePicker): Promise<void> {
    const file = await picker.pickFile('Ollama')
    if (file !== null) await this.pointAt(file)
  }

  /** Puts the simulator in Ollama's place, or takes it away; the server that runs is ended first. */
  async useSimulator(isOn: boolean): Promise<void> {
    const { programs, server } = this.needs
    if (server.runsOurs) await server.stop()
    await programs.useSimulator(isOn)
    await server.takePrograms()
  }
}
