import type { SimulatedModel } from '../../configuration'
import { headSize, vocabularySize } from '../models/model-file'
import { keyValueBytes, weightsOf } from './weights'

/** What 0.5.12 reckons before it loads: ollama.md, 4. All in bytes. */
export type OldEstimate = {
  layers: number
  /** Layers per card, the output layer counted. */
  layerCounts: number[]
  cardBytes: number[]
  vramBytes: number
  totalBytes: number
  keyValueBytes: number
  weightsTotal: number
  weightsRepeating: number
  weightsOutput: number
  graphFull: number
  graphPartial: number
  isFull: boolean
}

const minimumBytes = 457 * 2 ** 20

type Asked = { cells: number; batchSize: number; keyValueType: string; gpuLayers: number; overheadBytes: number }

export function estimateOld(
  model: SimulatedModel,
  freeBytes: readonly number[],
  asked: Asked,
  isCpu = false,
): OldEstimate {
  const { blockBytes, outputBytes } = weightsOf(model)
  const keyValue = keyValueBytes(model, asked.cells, asked.keyValueType, false)
  const layerBytes = blockBytes + keyValue / model.blockCount
  const graphs = graphBytes(model, asked.cells, Math.min(asked.cells, asked.batchSize), keyValue)
  const graphFull = freeBytes.length > 1 ? graphs.partial : graphs.full
  const widest = Math.max(graphFull, graphs.partial)
  const minimum = isCpu ? 0 : minimumBytes

  const cards = freeBytes.map((free, place) => ({
    place,
    free,
    bytes: minimum + layerBytes,
    count: 0,
    isOpen: free >= asked.overheadBytes + widest + minimum + 2 * layerBytes,
  }))
  const open = cards.filter((card) => card.isOpen)
  const put = (start: number, bytes: number) => {
    for (let tries = open.length; tries > 0; tries--) {
      const at = start % open.length
      const card = open[at]
      if (!card) break
      if (card.free > asked.overheadBytes + card.bytes + widest + bytes) {
        card.bytes += bytes
        card.count++
        return true
      }
      open.splice(at, 1)
      if (open.length === 0) break
    }
    return false
  }
  let placed = 0
  for (let block = 0; block < model.blockCount; block++) {
    if (asked.gpuLayers >= 0 && placed >= asked.gpuLayers) break
    if (put(block, layerBytes)) placed++
  }
  const wantsOutput = asked.gpuLayers < 0 || placed < asked.gpuLayers
  const hasOutput = wantsOutput && placed === model.blockCount && put(placed, outputBytes)
  const layers = placed + (hasOutput ? 1 : 0)
  const isFull = layers > model.blockCount
  const cardBytes = cards.map((card) => (card.count > 0 ? card.bytes + (isFull ? graphFull : graphs.partial) : 0))
  const vramBytes = cardBytes.reduce((sum, bytes) => sum + bytes, 0)
  const rest = (model.blockCount - placed) * layerBytes + (hasOutput ? 0 : outputBytes)
  return {
    layers,
    layerCounts: cards.map((card) => card.count),
    cardBytes: cardBytes.map(Math.round),
    vramBytes: Math.round(vramBytes),
    totalBytes: Math.round(vramBytes + rest),
    keyValueBytes: keyValue,
    weightsTotal: model.blockCount * layerBytes,
    weightsRepeating: model.blockCount * layerBytes - outputBytes,
    weightsOutput: outputBytes,
    graphFull,
    graphPartial: graphs.partial,
    isFull,
  }
}

/** The graph's memory where all layers are on cards, and where only some are. */
export function graphBytes(model: SimulatedModel, C: number, B: number, keyValue: number) {
  const E = model.embeddingLength
  const H = model.headCount
  const Hk = model.keyValueHeadCount
  const V = vocabularySize(model)
  const d = headSize(model)
  const capped = (bytes: number) => (bytes * 105) / 128
  switch (model.family) {
    case 'llama':
      return {
        full: Math.max(4 * B * (1 + 4 * E + C * (1 + H)), 4 * B * (E + V)),
        partial:
          4 * B * E +
          Math.max(
            4 * B * (1 + E + Math.max(C, E)) + (E * E * 9) / 16 + 4 * C * (B * H + d * Hk),
            4 * B * (E + V) + capped(E * V),
          ),
      }
    case 'qwen2':
      return {
        full: Math.max(4 * B * (E + V), 4 * B * (1 + 2 * E + C + C * H)),
        partial: Math.max(4 * B * (E + V) + capped(E * V), 4 * (B * (1 + 2 * E + C * (1 + H)) + E * (1 + C))),
      }
    default:
      return { full: ((H / Hk) * keyValue) / 6, partial: ((H / Hk) * keyValue) / 6 }
  }
}
