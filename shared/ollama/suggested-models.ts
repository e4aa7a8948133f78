export type SuggestedModel = { name: string; sizeBytes: number; parameters: string; isRecommended?: boolean }

/** Models to begin with; sizes as the library listed them on this day. */
export const suggestedAt = '2026-11-22'

export const suggestedModels: readonly SuggestedModel[] = [
  { name: 'qwen3:8b', sizeBytes: 5.23e9, parameters: '8.2B', isRecommended: true },
  { name: 'qwen3:32b', sizeBytes: 20.2e9, parameters: '32.8B' },
  { name: 'llama3.3:70b-instruct-q4_K_M', sizeBytes: 42.5e9, parameters: '70.6B' },
  { name: 'gemma3:27b', sizeBytes: 17.4e9, parameters: '27.4B' },
  { name: 'deepseek-r1:32b', sizeBytes: 19.9e9, parameters: '32.8B' },
  { name: 'llama3.2:3b', sizeBytes: 2.02e9, parameters: '3.2B' },
  { name: 'qwen2.5:0.5b', sizeBytes: 0.398e9, parameters: '494M' },
]
