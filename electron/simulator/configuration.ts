import { readFileSync, writeFileSync } from 'node:fs'

/** What can be made to go wrong: at the start, or at run time by POST /simulator/faults, which replaces them all. */
export type Faults = {
  /** The server dies like a Go program that panics, this long after its start (or after the request that says so). */
  crashAfterMs?: number | null
  /** What it says then, after "panic: ", and its exit code (2 as Go's). */
  crashText?: string
  crashExitCode?: number
  /** Accepts connections and answers none. */
  hangs?: boolean

  /** The connection of an answer is cut after this many tokens. */
  dropAfterTokens?: number | null
  /** An answer ends in an error line after this many tokens, with this text. */
  errorAfterTokens?: number | null
  errorText?: string
  /** One token repeats until the server gives up: the stream ends with no `done`. */
  repeatsToken?: boolean
  /** The runner's process dies in the middle of an answer, after this many tokens. */
  runnerDiesAfterTokens?: number | null
  /** The answer stands still after this many tokens: nothing comes, nothing ends. */
  stallsAfterTokens?: number | null
  /** The answer is held once it has this many tokens, and goes on when other faults are set: what a test looks at in the middle. */
  holdsAfterTokens?: number | null
  /** The faults of answers happen to this many answers and then no more; to all of them where it is absent. */
  answersAffected?: number | null

  /** Every load fails with this text. */
  loadError?: string | null
  /** A load takes this long, whatever the model's size. */
  loadTakesMs?: number | null

  /** Pulls stop moving after this many bytes of a layer, and go on when other faults are set. */
  pullStallsAtBytes?: number | null
  /** Pulls are this slow instead of what the configuration says. */
  pullBytesPerSecond?: number | null
  /** The connection of each layer drops once after this many bytes, and is tried again a second later. */
  pullDropsAtBytes?: number | null
  /** Pulls fail with this text after the manifest. */
  pullError?: string | null

  nvidiaSmi?: NvidiaSmiFault | null
}

export type NvidiaSmiFault =
  | {
      kind: 'no-driver' | 'no-devices' | 'no-permission' | 'version-mismatch' | 'init-unknown' | 'os-blocked' | 'hangs'
    }
  /** The card of this index: its rows go on with "[GPU is lost]" in a loop that runs, and are missing where one starts. */
  | { kind: 'lost-card' | 'card-needs-reset' | 'card-unknown-error'; index: number }
  /** One field of one card answers an NVML error text, such as "GPU requires reset". */
  | { kind: 'field-error'; index: number; field: string; text: string }
  /** A driver that does not know these fields. */
  | { kind: 'unknown-fields'; fields: string[] }

export type SimulatedCard = {
  uuid: string
  name: string
  memoryMebibytes: number
  /** It has no memory of its own, as a GB10: the driver says [N/A] for what there is and what is used. */
  sharesMemory?: boolean
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
  feedForwardLength?: number
  vocabularySize?: number
  /** Where a head is not as wide as embedding length by head count. */
  keyLength?: number
  /** general.name and general.description of its file. */
  title?: string
  description?: string
  template?: string
  system?: string
  license?: string
  /** Options baked in, such as num_ctx and stop. */
  parameters?: Record<string, number | string | string[]>
  /** The registry answers 412 to servers older than this. */
  minimumVersion?: string
  /** The file is damaged: loading it ends in the version's own error. */
  isDamaged?: boolean
}

/** A registry at some host and port, beside the library itself. */
export type Registry = {
  scheme: 'http' | 'https'
  /** Where a blob answers 200 without a Location, real servers refuse it. */
  mode: 'redirect' | 'plain'
  missingBlob?: boolean
  corruptBlob?: boolean
  refuses?: boolean
  models: SimulatedModel[]
}

/** All that can be set about the simulator, as the JSON file holds it that CORRAL_SIMULATOR names; each part has a default. */
export type Configuration = {
  /** Whose manners: log lines, error texts and defaults. "0.5.12" for the old ones, "0.32.15" for the new ones. */
  version: string
  /** Where server and nvidia-smi meet; without one the cards stay idle. */
  stateFolder: string | null
  cards: SimulatedCard[]
  /** How nvidia-smi calls itself; its branch decides which fields it knows and how it fails. */
  nvidiaSmiVersion: string
  hostMemoryGibibytes: number
  /** The cores that runners say they use. */
  threads: number
  loadSecondsPerGibibyte: number
  /** Instead of what model size and card bandwidth give. */
  prefillTokensPerSecond: number | null
  decodeTokensPerSecond: number | null
  /** How much longer a step takes per further sequence in the batch, as a share of the step of one. */
  batchOverhead: number
  pullBytesPerSecond: number
  /** What a layer costs beside its bytes: the round trips to registry and storage. */
  pullLatencyMs: number
  /** The old server sees only at such moments that a layer is there. */
  layerCheckMs: number
  /** From listening to answering, as GPU discovery takes it. */
  startDelayMs: number
  /** Models the library has beside its catalogue. */
  library: SimulatedModel[]
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
  nvidiaSmiVersion: '580.95.05',
  hostMemoryGibibytes: 125.6,
  threads: 16,
  loadSecondsPerGibibyte: 0.12,
  prefillTokensPerSecond: null,
  decodeTokensPerSecond: null,
  batchOverhead: 0.1,
  pullBytesPerSecond: 120e6,
  pullLatencyMs: 80,
  layerCheckMs: 1000,
  startDelayMs: 150,
  library: [],
  installed: [],
  registries: {},
  faults: {},
}

/** The configuration named by the environment, over the defaults. A name it does not know is a mistake, said at once. */
export function readConfiguration(file: string | undefined = process.env.CORRAL_SIMULATOR): Configuration {
  if (!file) return structuredClone(defaultConfiguration)
  const given = JSON.parse(readFileSync(file, 'utf8')) as Partial<Configuration>
  const unknown = Object.keys(given).find((key) => !(key in defaultConfiguration))
  if (unknown) throw new Error(`the simulator's configuration has no "${unknown}"`)
  return { ...structuredClone(defaultConfiguration), ...given }
}

export function writeConfiguration(file: string, configuration: Partial<Configuration>): void {
  writeFileSync(file, JSON.stringify(configuration, null, 2))
}
