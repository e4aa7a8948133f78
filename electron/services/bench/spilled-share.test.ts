import { expect, test } from 'vitest'
import { spilledShare } from './spilled-share'

const cards = (count: number) => ({
  driverVersion: null,
  cards: Array.from({ length: count }, () => ({ name: 'card', powerLimitWatts: null })),
  settings: [],
})
const server = (loadedBytes: number | null, vramBytes: number | null) => ({
  ...{ version: null, digest: null, sizeBytes: null, parameterSize: null, quantization: null, contextLength: null },
  ...{ loadedBytes, vramBytes },
})

test.each<[string, ReturnType<typeof server>, ReturnType<typeof cards> | null, number | null, (boolean | null)?]>([
  ['wholly on the CPU of a machine without a card', server(100, 0), cards(0), null],
  ['partly in a buffer that an old Ollama takes for a card', server(100, 30), cards(0), null],
  ['on nobody knows what', server(100, 0), null, null],
  ['partly outside the cards', server(100, 75), cards(2), 0.25],
  ['on the CPU beside a card', server(100, 0), cards(1), 1],
  ['wholly on the cards', server(100, 100), cards(2), null],
  ['of unknown size', server(null, 0), cards(1), null],
  ['beside a card that the server does not use', server(100, 30), cards(1), null, false],
  ['partly outside a card that nvidia-smi does not know', server(100, 75), cards(0), 0.25, true],
])('L17: a model that lies %s', (_, where, machine, share, usesCards) => {
  expect(spilledShare({ server: where, machine }, usesCards)).toBe(share)
})
