import type { SimulatedModel } from '../../configuration'
import { goBytes } from '../manners/go-values'
import { type HeaderValue, headerOf, headSize, titleOf, vocabularySize } from '../models/model-file'

/** A table of "name = value" lines, as llama.cpp prints what it knows. */
export const table = (start: string, width: number, rows: Record<string, string | number>): string[] =>
  Object.entries(rows).map(([name, value]) => `${start}${name.padEnd(width)} = ${value}`)

export const mebibytes = (bytes: number) => (bytes / 2 ** 20).toFixed(2)

export const bufferLine = (start: string, device: string, what: string, bytes: number) =>
  `${start}${device.padStart(11)} ${what} buffer size = ${mebibytes(bytes).padStart(8)} MiB`

/** The loader's dump of the file's header, the same in both versions. */
export function loaderLines(model: SimulatedModel, file: string): string[] {
  const header = Object.entries(headerOf(model))
  const matrices = model.blockCount * 7 + 2
  const norms = model.blockCount * 2 + 1
  const type = model.quantization
    .toLowerCase()
    .replace(/_[sml]$/, '')
    .toUpperCase()
    .replace(/^F/, 'f')
    .replace(/^Q/, 'q')
  return [
    `llama_model_loader: loaded meta data with ${header.length} key-value pairs and ${matrices + norms} tensors from ${file} (version GGUF V3 (latest))`,
    'llama_model_loader: Dumping metadata keys/values. Note: KV overrides do not apply in this output.',
    ...header.map(([key, value], place) => {
      const [kind, text] = headerLine(key, value, model)
      return `llama_model_loader: - kv ${String(place).padStart(3)}: ${key.padStart(42)} ${kind.padEnd(16)} = ${text}`
    }),
    `llama_model_loader: - type  f32: ${String(norms).padStart(4)} tensors`,
    `llama_model_loader: - type ${type.padStart(4)}: ${String(matrices).padStart(4)} tensors`,
  ]
}

function headerLine(key: string, value: HeaderValue, model: SimulatedModel): [kind: string, text: string] {
  const count = vocabularySize(model)
  if (key.endsWith('.tokens')) return [`arr[str,${count}]`, '["<unk>", "<s>", "</s>", "<0x00>", "<...']
  if (key.endsWith('.scores')) return [`arr[f32,${count}]`, '[0.000000, 0.000000, 0.000000, 0.0000...']
  if (key.endsWith('.token_type')) return [`arr[i32,${count}]`, '[2, 3, 3, 6, 6, 6, 6, 6, 6, 6, 6, 6, ...']
  if (typeof value === 'boolean') return ['bool', String(value)]
  if (typeof value === 'string') return ['str', value]
  if (/epsilon|freq_base/.test(key)) return ['f32', Number(value).toFixed(6)]
  return ['u32', String(value)]
}

/** Figures of the model that both versions print, each in its own table. */
export function figures(model: SimulatedModel) {
  const width = headSize(model)
  const bits = ((model.sizeBytes * 8) / model.parameterCount).toFixed(2)
  return {
    n_ctx_train: model.contextLength,
    n_embd: model.embeddingLength,
    n_layer: model.blockCount,
    n_head: model.headCount,
    n_head_kv: model.keyValueHeadCount,
    n_rot: width,
    n_swa: 0,
    n_embd_head_k: width,
    n_embd_head_v: width,
    n_gqa: model.headCount / model.keyValueHeadCount,
    n_embd_k_gqa: width * model.keyValueHeadCount,
    n_embd_v_gqa: width * model.keyValueHeadCount,
    params: parameterText(model.parameterCount),
    size: `${goBytes(model.sizeBytes).replace(/[\d.]+/, (text) => Number(text).toFixed(2))} (${bits} BPW) `,
    title: titleOf(model),
    fileType: model.quantization.replace(/^(Q\d_K)_([SML])$/, '$1 - $2').replace('Q4_K - M', 'Q4_K - Medium'),
    modelType: model.parameterCount < 1e9 ? '?B' : `${Math.round(model.parameterCount / 1e9)}B`,
  }
}

function parameterText(count: number): string {
  if (count >= 1e9) return `${(count / 1e9).toFixed(2)} B`
  return count >= 1e6 ? `${(count / 1e6).toFixed(2)} M` : `${(count / 1e3).toFixed(2)} K`
}

export const tokenRows = {
  'BOS token': "1 '<s>'",
  'EOS token': "2 '</s>'",
  'UNK token': "0 '<unk>'",
  'LF token': "13 '<0x0A>'",
  'EOG token': "2 '</s>'",
  'max token length': 9,
}
