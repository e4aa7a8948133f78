import type { SimulatedModel } from '../../configuration'
import { headSize, vocabularySize } from '../models/model-file'

/** How a model's bytes are shared out: the embedding stays with the host, the output layer and the blocks can go to cards. */
export type Weights = { blockBytes: number; outputBytes: number; embeddingBytes: number }

export function weightsOf(model: SimulatedModel): Weights {
  const bytesPerWeight = model.sizeBytes / model.parameterCount
  const table = model.embeddingLength * vocabularySize(model) * Math.min(2, bytesPerWeight)
  // Small models tie the output to the embedding; a table can never be more than a third of the file.
  const embeddingBytes = Math.min(table, model.sizeBytes / 3)
  const outputBytes = embeddingBytes + model.embeddingLength * 4
  return {
    blockBytes: (model.sizeBytes - embeddingBytes - outputBytes) / model.blockCount,
    outputBytes,
    embeddingBytes,
  }
}

const bytesPerValue: Record<string, number> = { f32: 4, q8_0: 34 / 32, q4_0: 18 / 32, q5_0: 22 / 32, q5_1: 24 / 32 }

/** Keys and values of this many cells, of all slots together. The old server counts quantized ones as if they had no scales. */
export function keyValueBytes(model: SimulatedModel, cells: number, type: string, countsScales = true): number {
  const each = countsScales ? (bytesPerValue[type] ?? 2) : type === 'q8_0' ? 1 : type === 'q4_0' ? 0.5 : 2
  return Math.round(2 * model.blockCount * model.keyValueHeadCount * headSize(model) * cells * each)
}
