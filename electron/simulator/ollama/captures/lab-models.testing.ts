import type { SimulatedModel } from '../../configuration'

const lab = (name: string, own: Partial<SimulatedModel>): SimulatedModel => ({
  name,
  sizeBytes: 1_344_992,
  family: 'llama',
  parameterCount: 656_000,
  parameterSize: '656K',
  quantization: 'F16',
  contextLength: 8192,
  embeddingLength: 128,
  blockCount: 2,
  headCount: 4,
  keyValueHeadCount: 4,
  capabilities: ['completion'],
  feedForwardLength: 256,
  vocabularySize: 1280,
  title: `lab-${name}`,
  description: 'random weights, for protocol tests only',
  ...own,
})

/** The models of the recordings: llama files of random weights. */
export const labModels: SimulatedModel[] = [
  lab('tiny', { parameters: { num_ctx: 2048, temperature: 0.8 } }),
  lab('tiny2', {
    sizeBytes: 906_240,
    parameterCount: 820_096,
    parameterSize: '820K',
    quantization: 'Q8_0',
    blockCount: 3,
  }),
  lab('tiny3', { sizeBytes: 402_912, quantization: 'Q4_0' }),
  lab('big', {
    sizeBytes: 103_372_992,
    parameterCount: 51_661_312,
    parameterSize: '51.66M',
    embeddingLength: 512,
    blockCount: 12,
    headCount: 8,
    keyValueHeadCount: 8,
    feedForwardLength: 2048,
  }),
]

/** The same, damaged: as it was, cut short, and under a name of its own. */
export const damagedModels: SimulatedModel[] = labModels
  .filter(({ name }) => name === 'tiny' || name === 'tiny2')
  .map((model) => ({ ...model, name: model.name === 'tiny' ? 'trunc' : model.name, isDamaged: true }))
