import { z } from 'zod'

/** What the user asks of the server. A value is the variable's text as Ollama reads it; an absent one is Ollama's default. */
export const ServerSettings = z.object({
  host: z.string().default('127.0.0.1'),
  port: z.number().int().min(1).max(65535).default(11434),
  /** By the setting's id in shared/ollama/settings. */
  values: z.record(z.string(), z.string()).default({}),
  /** Variables that Corral has no form for. */
  extra: z.array(z.object({ name: z.string(), value: z.string() })).default([]),
})
export type ServerSettings = z.infer<typeof ServerSettings>
