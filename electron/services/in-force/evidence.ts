import type { LogLine } from '../../../shared/contract/server-log'
import type { InForce } from '../../../shared/contract/server-settings'
import type { ServerSettings } from '../../../shared/ollama/chosen-settings'

/** What a model brings along that bears on its context; null where the server did not tell. */
export type ModelContext = {
  /** Tokens that it was trained for. */
  trained: number | null
  /** `num_ctx` of its Modelfile; 0 where there is none. */
  parameter: number | null
}

/** What can be seen of a running server: each source, as far as it could be read. */
export type Evidence = {
  version: string
  applied: ServerSettings | null
  log: readonly LogLine[]
  /** Command lines of its runners, the newest last, and the model of each where it can be told. */
  runners: readonly { command: string; model: string | null }[]
  /** From /api/ps, and what the server tells of each in /api/show. */
  loaded: readonly { name: string; contextLength: number | null; context?: ModelContext }[]
  /** The environment of its process, where it may be read. */
  environment: Record<string, string> | null
  address: { host: string; port: number }
  /** What `~` stands for. */
  home: string
}

/** A value that was seen, and where. `isDefault`: what was set could not be read, and this holds instead. */
export type Seen = {
  value: string | null
  evidence: InForce['evidence']
  atMs: number | null
  model: string | null
  isDefault?: true
}
