import type { SimulatedModel } from './configuration'

type Row = [
  name: string,
  gigabytes: number,
  family: string,
  billions: number,
  quantization: string,
  context: number,
  embedding: number,
  blocks: number,
  heads: number,
  kvHeads: number,
  capabilities?: string[],
]

const chat = ['completion', 'tools']

/** What the simulated library holds: real names with sizes and shapes close to the real ones. */
const rows: Row[] = [
  ['llama3.3:70b-instruct-q4_K_M', 42.52, 'llama', 70.6, 'Q4_K_M', 131_072, 8192, 80, 64, 8, chat],
  ['llama3.3:70b', 42.52, 'llama', 70.6, 'Q4_K_M', 131_072, 8192, 80, 64, 8, chat],
  ['llama3.1:8b', 4.92, 'llama', 8.03, 'Q4_K_M', 131_072, 4096, 32, 32, 8, chat],
  ['llama3.2:3b', 2.02, 'llama', 3.21, 'Q4_K_M', 131_072, 3072, 28, 24, 8, chat],
  ['llama3.2:1b', 1.32, 'llama', 1.24, 'Q8_0', 131_072, 2048, 16, 32, 8, chat],
  ['qwen3:32b', 20.2, 'qwen3', 32.8, 'Q4_K_M', 40_960, 5120, 64, 64, 8, [...chat, 'thinking']],
  ['qwen3:8b', 5.23, 'qwen3', 8.19, 'Q4_K_M', 40_960, 4096, 36, 32, 8, [...chat, 'thinking']],
  ['qwen3:4b', 2.5, 'qwen3', 4.02, 'Q4_K_M', 262_144, 2560, 36, 32, 8, [...chat, 'thinking']],
  ['qwen2.5:72b', 47.42, 'qwen2', 72.7, 'Q4_K_M', 32_768, 8192, 80, 64, 8, chat],
  ['qwen2.5:7b', 4.68, 'qwen2', 7.62, 'Q4_K_M', 32_768, 3584, 28, 28, 4, chat],
  ['qwen2.5:0.5b', 0.398, 'qwen2', 0.494, 'Q4_K_M', 32_768, 896, 24, 14, 2, chat],
  ['deepseek-r1:70b', 42.52, 'llama', 70.6, 'Q4_K_M', 131_072, 8192, 80, 64, 8, ['completion', 'thinking']],
  ['deepseek-r1:32b', 19.85, 'qwen2', 32.8, 'Q4_K_M', 131_072, 5120, 64, 40, 8, ['completion', 'thinking']],
  ['gemma3:27b', 17.4, 'gemma3', 27.4, 'Q4_K_M', 131_072, 5376, 62, 32, 16, ['completion', 'vision']],
  ['mistral-small3.2:24b', 15.2, 'mistral3', 24, 'Q4_K_M', 131_072, 5120, 40, 32, 8, [...chat, 'vision']],
  ['gpt-oss:20b', 13.8, 'gptoss', 20.9, 'MXFP4', 131_072, 2880, 24, 64, 8, [...chat, 'thinking']],
  ['nomic-embed-text:v1.5', 0.274, 'nomic-bert', 0.137, 'F16', 2048, 768, 12, 12, 12, ['embedding']],
]

export const catalogue: SimulatedModel[] = rows.map(
  ([
    name,
    gigabytes,
    family,
    billions,
    quantization,
    contextLength,
    embeddingLength,
    blockCount,
    headCount,
    keyValueHeadCount,
    capabilities,
  ]) => ({
    name,
    sizeBytes: Math.round(gigabytes * 1e9),
    family,
    parameterCount: Math.round(billions * 1e9),
    parameterSize:
      billions >= 1
        ? `${billions.toFixed(billions >= 10 ? 1 : 2).replace(/\.0$/, '')}B`
        : `${(billions * 1000).toFixed(2)}M`,
    quantization,
    contextLength,
    embeddingLength,
    blockCount,
    headCount,
    keyValueHeadCount,
    capabilities: capabilities ?? ['completion'],
  }),
)

/** Names that fail on purpose, for a hand that wants to see each failure. */
export const failingNames: Record<string, string> = {
  'fails:no-space': 'write /models/blobs/sha256-0000-partial: no space left on device',
  'fails:no-network':
    'pull model manifest: Get "https://registry.ollama.ai/v2/library/fails/manifests/no-network": dial tcp: lookup registry.ollama.ai: no such host',
  'fails:unauthorised': 'pull model manifest: unauthorized: access denied',
  'fails:too-old':
    'pull model manifest: 412: \n\nThe model you are attempting to pull requires a newer version of Ollama.\n\nPlease download the latest version at:\n\n\thttps://ollama.com/download\n\n',
  'fails:damaged': 'digest mismatch, file must be downloaded again: want sha256:aa, got sha256:bb',
}
