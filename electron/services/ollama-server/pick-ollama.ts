import type { OllamaServer } from './ollama-server'

type FilePicker = { pickFile(title: string): Promise<string | null> }

/** Lets the user choose the program in a dialog of the host; nothing happens when they think better of it. */
export async function pickOllama(picker: FilePicker, server: OllamaServer): Promise<void> {
  const file = await picker.pickFile('Ollama')
  if (file !== null) await server.pointAt(file)
}
