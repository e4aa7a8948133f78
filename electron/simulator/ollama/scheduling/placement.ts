import type { SimulatedCard, SimulatedModel } from '../../configuration'
import { keyValueBytes, weightsOf } from './weights'

/** Where a loaded model lies, by the places of all cards of the machine. */
export type Placement = {
  cardBytes: number[]
  hostBytes: number
  /** Blocks and the output layer on the cards. */
  layers: number
  layerCounts: number[]
  keyValueBytes: number
}

const computeBytesPerCard = 560 * 2 ** 20
const leftFreeBytes = 1024 * 2 ** 20

/** What the new server reckons before it loads: always f16, no graph: ollama.md, 4. */
export const predictedBytes = (model: SimulatedModel, cells: number): number =>
  model.sizeBytes +
  2 * model.blockCount * model.keyValueHeadCount * (model.embeddingLength / model.headCount) * cells * 2

export const onHost = (model: SimulatedModel, cardCount: number, cells: number, type: string): Placement => {
  const keyValue = keyValueBytes(model, cells, type)
  return {
    cardBytes: Array.from({ length: cardCount }, () => 0),
    hostBytes: model.sizeBytes + keyValue + computeBytesPerCard / 16,
    layers: 0,
    layerCounts: Array.from({ length: cardCount }, () => 0),
    keyValueBytes: keyValue,
  }
}

/** As llama-server fits a model: layers by each chosen card's free memory, what is left over stays on the host. */
export function fitLayers(
  model: SimulatedModel,
  chosen: readonly number[],
  freeBytes: readonly number[],
  asked: { cells: number; keyValueType: string; gpuLayers: number },
): Placement {
  const { blockBytes, outputBytes, embeddingBytes } = weightsOf(model)
  const keyValue = keyValueBytes(model, asked.cells, asked.keyValueType)
  const layerBytes = blockBytes + keyValue / model.blockCount
  const room = freeBytes.map((free, place) =>
    chosen.includes(place) ? Math.max(0, free - computeBytesPerCard - leftFreeBytes) : 0,
  )
  const roomTotal = room.reduce((sum, bytes) => sum + bytes, 0)
  const all = model.blockCount + 1
  const wanted = asked.gpuLayers >= 0 ? Math.min(asked.gpuLayers, all) : all
  const fitting = Math.min(wanted, Math.floor(Math.max(0, roomTotal - outputBytes) / layerBytes))
  const layers = fitting >= model.blockCount ? wanted : fitting
  const layerCounts = shareOut(layers, room)
  const cardBytes = layerCounts.map((count) => (count > 0 ? Math.round(count * layerBytes) + computeBytesPerCard : 0))
  const last = layerCounts.findLastIndex((count) => count > 0)
  if (layers === all && last >= 0) {
    cardBytes[last] = Math.round((cardBytes[last] ?? 0) - layerBytes + outputBytes)
  }
  return {
    cardBytes,
    hostBytes: Math.round((model.blockCount - Math.min(layers, model.blockCount)) * layerBytes + embeddingBytes),
    layers,
    layerCounts,
    keyValueBytes: keyValue,
  }
}

function shareOut(layers: number, room: readonly number[]): number[] {
  const total = room.reduce((sum, bytes) => sum + bytes, 0)
  if (total === 0) return room.map(() => 0)
  let left = layers
  let leftRoom = total
  return room.map((bytes) => {
    const count = leftRoom > 0 ? Math.round((left * bytes) / leftRoom) : 0
    left -= count
    leftRoom -= bytes
    return count
  })
}

const shareOfBandwidthReached = 0.8
const hostBytesPerSecond = 50e9

/** Tokens a second of one stream: each token reads all weights once, card after card, at 80 % of the bandwidth. */
export function decodeRate(model: SimulatedModel, placement: Placement, cards: readonly SimulatedCard[]): number {
  const { blockBytes, outputBytes } = weightsOf(model)
  const onHostLayers = model.blockCount + 1 - placement.layers
  const onCards = placement.layerCounts.reduce(
    (sum, count, index) =>
      sum + (count * blockBytes) / ((cards[index]?.bytesPerSecond ?? 1008e9) * shareOfBandwidthReached),
    outputBytes / (1008e9 * shareOfBandwidthReached),
  )
  return 1 / (onCards + (onHostLayers * blockBytes) / hostBytesPerSecond)
}

/** Prompt tokens a second, scaled from 839 for a 42.5 GB model on two RTX 4090; the host's share costs the most. */
export function prefillRate(model: SimulatedModel, placement: Placement): number {
  const share = placement.layers / (model.blockCount + 1)
  const best = Math.min(12_000, (839 * 42.5e9) / model.sizeBytes)
  return 1 / (share / best + (1 - share) / (best * 0.05))
}
