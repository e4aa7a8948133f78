/** What a chat's parameters are until somebody changes them: Ollama's own long-standing values, and a context that most cards hold. */
export const usualParameters = {
  system: '',
  temperature: 0.8,
  topP: 0.9,
  contextLength: 8192,
  maximumTokens: null,
  seed: null,
} as const
