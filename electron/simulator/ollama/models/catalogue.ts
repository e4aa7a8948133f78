import type { SimulatedModel } from '../../configuration'

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
  /** What its kin have in common, and what is its own. */
  kin: keyof typeof kin,
  own?: Partial<SimulatedModel>,
]

const chat = ['completion', 'tools']

/** What the simulated library holds: real names with sizes and shapes close to the real ones. */
const rows: Row[] = [
  ['llama3.3:70b-instruct-q4_K_M', 42.52, 'llama', 70.6, 'Q4_K_M', 131_072, 8192, 80, 64, 8, 'llama'],
  ['llama3.3:70b', 42.52, 'llama', 70.6, 'Q4_K_M', 131_072, 8192, 80, 64, 8, 'llama'],
  ['llama3.1:8b', 4.92, 'llama', 8.03, 'Q4_K_M', 131_072, 4096, 32, 32, 8, 'llama'],
  ['llama3.2:3b', 2.02, 'llama', 3.21, 'Q4_K_M', 131_072, 3072, 28, 24, 8, 'llama', { feedForwardLength: 8192 }],
  ['llama3.2:1b', 1.32, 'llama', 1.24, 'Q8_0', 131_072, 2048, 16, 32, 8, 'llama', { feedForwardLength: 8192 }],
  ['qwen3:32b', 20.2, 'qwen3', 32.8, 'Q4_K_M', 40_960, 5120, 64, 64, 8, 'qwen3', { feedForwardLength: 25_600 }],
  ['qwen3:8b', 5.23, 'qwen3', 8.19, 'Q4_K_M', 40_960, 4096, 36, 32, 8, 'qwen3', { feedForwardLength: 12_288 }],
  ['qwen3:4b', 2.5, 'qwen3', 4.02, 'Q4_K_M', 262_144, 2560, 36, 32, 8, 'qwen3', { feedForwardLength: 9728 }],
  ['qwen2.5:72b', 47.42, 'qwen2', 72.7, 'Q4_K_M', 32_768, 8192, 80, 64, 8, 'qwen2', { feedForwardLength: 29_568 }],
  ['qwen2.5:7b', 4.68, 'qwen2', 7.62, 'Q4_K_M', 32_768, 3584, 28, 28, 4, 'qwen2', { feedForwardLength: 18_944 }],
  ['qwen2.5:0.5b', 0.398, 'qwen2', 0.494, 'Q4_K_M', 32_768, 896, 24, 14, 2, 'qwen2', { feedForwardLength: 4864 }],
  ['deepseek-r1:70b', 42.52, 'llama', 70.6, 'Q4_K_M', 131_072, 8192, 80, 64, 8, 'deepseek'],
  ['deepseek-r1:32b', 19.85, 'qwen2', 32.8, 'Q4_K_M', 131_072, 5120, 64, 40, 8, 'deepseek'],
  ['gemma3:27b', 17.4, 'gemma3', 27.4, 'Q4_K_M', 131_072, 5376, 62, 32, 16, 'gemma3'],
  ['mistral-small3.2:24b', 15.2, 'mistral3', 24, 'Q4_K_M', 131_072, 5120, 40, 32, 8, 'mistral'],
  ['gpt-oss:20b', 13.8, 'gptoss', 20.9, 'MXFP4', 131_072, 2880, 24, 64, 8, 'gptoss'],
  ['nomic-embed-text:v1.5', 0.274, 'nomic-bert', 0.137, 'F16', 2048, 768, 12, 12, 12, 'nomic'],
]

const kin = {
  llama: {
    capabilities: chat,
    vocabularySize: 128_256,
    license: 'LLAMA 3 COMMUNITY LICENSE AGREEMENT',
    template:
      '{{ if .System }}<|start_header_id|>system<|end_header_id|>\n\n{{ .System }}<|eot_id|>{{ end }}{{ range .Messages }}<|start_header_id|>{{ .Role }}<|end_header_id|>\n\n{{ .Content }}<|eot_id|>{{ end }}',
    parameters: { stop: ['<|start_header_id|>', '<|end_header_id|>', '<|eot_id|>'] },
  },
  qwen2: {
    capabilities: chat,
    vocabularySize: 151_936,
    license: 'Apache License Version 2.0',
    template:
      '{{- range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n',
  },
  qwen3: {
    capabilities: [...chat, 'thinking'],
    vocabularySize: 151_936,
    keyLength: 128,
    license: 'Apache License Version 2.0',
    minimumVersion: '0.6.6',
    template:
      '{{- range .Messages }}<|im_start|>{{ .Role }}\n{{ .Content }}<|im_end|>\n{{ end }}<|im_start|>assistant\n',
    parameters: { repeat_penalty: 1, stop: ['<|im_start|>', '<|im_end|>'], temperature: 0.6, top_k: 20, top_p: 0.95 },
  },
  deepseek: {
    capabilities: ['completion', 'thinking'],
    vocabularySize: 152_064,
    license: 'MIT License',
    parameters: { stop: ['<｜begin▁of▁sentence｜>', '<｜end▁of▁sentence｜>', '<｜User｜>', '<｜Assistant｜>'] },
  },
  gemma3: {
    capabilities: ['completion', 'vision'],
    vocabularySize: 262_208,
    keyLength: 128,
    license: 'Gemma Terms of Use',
    minimumVersion: '0.6.0',
    parameters: { stop: ['<end_of_turn>'], temperature: 1, top_k: 64, top_p: 0.95 },
  },
  mistral: {
    capabilities: [...chat, 'vision'],
    vocabularySize: 131_072,
    keyLength: 128,
    license: 'Apache License Version 2.0',
    minimumVersion: '0.6.5',
    parameters: { temperature: 0.15 },
  },
  gptoss: {
    capabilities: [...chat, 'thinking'],
    vocabularySize: 201_088,
    keyLength: 64,
    feedForwardLength: 2880,
    license: 'Apache License Version 2.0',
    minimumVersion: '0.11.0',
    parameters: { temperature: 1 },
  },
  nomic: { capabilities: ['embedding'], vocabularySize: 30_522, license: 'Apache License Version 2.0' },
} satisfies Record<string, Partial<SimulatedModel>>

export const catalogue: SimulatedModel[] = rows.map(
  ([name, gigabytes, family, billions, quantization, context, embedding, blocks, heads, kvHeads, kinName, own]) => ({
    name,
    sizeBytes: Math.round(gigabytes * 1e9),
    family,
    parameterCount: Math.round(billions * 1e9),
    parameterSize: parameterSize(billions),
    quantization,
    contextLength: context,
    embeddingLength: embedding,
    blockCount: blocks,
    headCount: heads,
    keyValueHeadCount: kvHeads,
    ...kin[kinName],
    ...own,
  }),
)

function parameterSize(billions: number): string {
  if (billions < 1) return `${(billions * 1000).toFixed(2)}M`
  return `${Number(billions.toFixed(billions >= 10 ? 1 : 2))}B`
}
