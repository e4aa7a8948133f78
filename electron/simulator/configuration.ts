import { readFileSync, writeFileSync } from 'node:fs'

/** What can be made to go wrong, at the start or later by POST /simulator/faults. */
export type Faults = {
  /** The server prints this as a Go panic and exits 2, this long after its start. */
  crashAfterMs?: number | null
  /** Accepts connections and answers none. */
  hangs?: boolean
  /** The connection of an answer is cut after this many tokens. */
  dropAfterTokens?: number | null
  /** An answer ends in an error line after this many tokens. */
  errorAfterTokens?: number | null
  /** One token repeats until the runner gives up: the stream ends with no `done`. */
  repeatsToken?: boolean
  /** The runner dies in the middle of an answer, after this many tokens. */
  runnerDiesAfterTokens?: number | null
  /** Every load fails with this text. */
  loadError?: string | null
  /** Pulls stop moving after this many bytes. */
  pullStallsAtBytes?: number | null
  /** Pulls fail with this text after the manifest. */
  pullError?: string | null
  /** What nvidia-smi does: see nvidia-smi.ts. */
  nvidiaSmi?: NvidiaSmiFault | null
}

export type NvidiaSmiFault =
  | { kind: 'no-driver' | 'no-devices' | 'hangs' }
  /** The card of this index is lost, from the start or from now on. */
  | { kind: 'lost-card'; index: number }
  /** A driver that does not know these fields. */
  | { kind: 'unknown-fields'; fields: string[] }

export type SimulatedCard = {
  uuid: string
  name: string
  memoryMebibytes: number
  powerLimitWatts: number
  bytesPerSecond: number
}

export type SimulatedModel = {
  /** As it is pulled: "llama3.3:70b-instruct-q4_K_M". */
  name: string
  sizeBytes: number
  family: string
  parameterCount: number
  parameterSize: string
  quantization: string
  contextLength: number
  embeddingLength: number
  blockCount: number
  headCount: number
  keyValueHeadCount: number
  capabilities: string[]
}

export type Registry = {
  scheme: 'http' | 'https'
  /** Where a blob answers 200 without a Location, real servers refuse it. */
  mode: 'redirect' | 'plain'
  missingBlob?: boolean
  corruptBlob?: boolean
  refuses?: boolean
  models: SimulatedModel[]
}

/** All that can be set about the simulator; every part has a default. */
export type Configuration = {
  /** Whose manners: log lines, error texts and defaults. */
  version: string
  /** Where server and nvidia-smi meet. */
  stateFolder: string | null
  cards: SimulatedCard[]
  loadSecondsPerGibibyte: number
  /** Instead of what model size and card bandwidth give. */
  prefillTokensPerSecond: number | null
  decodeTokensPerSecond: number | null
  /** How much longer a step takes per further sequence in the batch. */
  batchOverhead: number
  pullBytesPerSecond: number
  /** From listening to answering, as GPU discovery takes it. */
  startDelayMs: number
  /** Names that are there at the first start of an empty models folder. */
  installed: string[]
  registries: Record<string, Registry>
  faults: Faults
}

const card = (index: number): SimulatedCard => ({
  uuid: `GPU-51a0c0de-000${index}-4090-c0de-51a051a051a${index}`,
  name: 'NVIDIA GeForce RTX 4090',
  memoryMebibytes: 24_564,
  powerLimitWatts: 450,
  bytesPerSecond: 1008e9,
})

export const defaultConfiguration: Configuration = {
  version: '0.32.15',
  stateFolder: null,
  cards: [card(0), card(1)],
  loadSecondsPerGibibyte: 0.12,
  prefillTokensPerSecond: null,
  decodeTokensPerSecond: null,
  batchOverhead: 0.1,
  pullBytesPerSecond: 120e6,
  startDelayMs: 150,
  installed: [],
  registries: {},
  faults: {},
}

/** The configuration named by the environment, over the defaults. */
export function readConfiguration(file: string | undefined = process.env.CORRAL_SIMULATOR): Configuration {
  if (!file) return defaultConfiguration
  const given = JSON.parse(readFileSync(file, 'utf8')) as Partial<Configuration>
  return { ...defaultConfiguration, ...given }
}

export function writeConfiguration(file: string, configuration: Partial<Configuration>): void {
  writeFileSync(file, JSON.stringify(configuration, null, 2))
}

export const isOldStyle = (version: string) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 0 && minor < 7
}
