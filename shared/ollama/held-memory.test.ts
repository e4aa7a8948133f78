import { expect, test } from 'vitest'
import { heldMemory, mainMemoryShare } from './held-memory'

const gibibyte = 2 ** 30

test('F23: what a model takes is one figure: its own part, and what CUDA takes on each card', () => {
  const cards = [{ usedBytes: 22.5 * gibibyte }, { usedBytes: 21.5 * gibibyte }]
  const memory = heldMemory({ sizeBytes: 80 * gibibyte, vramBytes: 43.2 * gibibyte, cards })
  expect(memory.driverBytes / gibibyte).toBeCloseTo(0.8)
  expect((memory.totalBytes ?? 0) / gibibyte).toBeCloseTo(80.8)
  expect(((memory.cardBytes ?? 0) + (memory.systemBytes ?? 0)) / gibibyte).toBeCloseTo(80.8)
})

test('F23: where the cards do not tell, it is the count of Ollama', () => {
  expect(heldMemory({ sizeBytes: 10, vramBytes: 6 })).toEqual({
    totalBytes: 10,
    cardBytes: 6,
    driverBytes: 0,
    systemBytes: 4,
    cardShare: 0.6,
  })
})

test('M2: more on the cards than there is of the model is all of it, and never more', () => {
  expect(heldMemory({ sizeBytes: 5, vramBytes: 9 })).toMatchObject({ cardShare: 1, systemBytes: 0, totalBytes: 5 })
})

test('M1: what is not told is unknown, and nothing is made of it', () => {
  const nothing = { totalBytes: null, cardBytes: null, systemBytes: null, cardShare: null, driverBytes: 0 }
  expect(heldMemory({ sizeBytes: null, vramBytes: null, cards: [{ usedBytes: 3 }] })).toEqual(nothing)
  expect(mainMemoryShare({ sizeBytes: null, vramBytes: 0 }, 2)).toBeNull()
  expect(mainMemoryShare({ sizeBytes: 0, vramBytes: 0 }, 2)).toBeNull()
})

test('L7: main memory is told only where there are cards', () => {
  expect(mainMemoryShare({ sizeBytes: 10, vramBytes: 0 }, 0)).toBeNull()
  expect(mainMemoryShare({ sizeBytes: 10, vramBytes: 6 }, 1)).toBeCloseTo(0.4)
})
