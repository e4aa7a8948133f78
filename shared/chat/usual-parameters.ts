/** What a chat's parameters are until somebody changes them: Ollama's own long-standing values, and the context of the server. */
export const usualParameters = {
  system: '',
  temperature: 0.8,
  topP: 0.9,
  contextLength: null,
  maximumTokens: null,
  seed: null,
} as const
