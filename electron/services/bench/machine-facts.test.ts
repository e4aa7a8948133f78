import { expect, test } from 'vitest'
import type { Gpus } from '../../../shared/contract/gpus'
import type { InForce } from '../../../shared/contract/server-settings'
import { machineFacts } from './machine-facts'

const gpus = {
  driverVersion: '580.95.05',
  cards: [
    { name: 'NVIDIA GeForce RTX 4090', latest: { powerLimitWatts: 450 } },
    { name: 'Other', latest: null },
  ],
} as unknown as Gpus

const row = (variable: string, inForce: string, model: string | null) => ({ variable, inForce, model }) as InForce

test('a run keeps its cards and what was in force for its model', () => {
  const rows = [
    row('OLLAMA_NUM_PARALLEL', '4', 'llama3.2:latest'),
    row('OLLAMA_KV_CACHE_TYPE', 'q8_0', 'another:7b'),
    row('OLLAMA_FLASH_ATTENTION', '1', null),
    row('HTTPS_PROXY', 'http://name:password@proxy', null),
  ]
  expect(machineFacts(gpus, rows, 'llama3.2')).toEqual({
    driverVersion: '580.95.05',
    cards: [
      { name: 'NVIDIA GeForce RTX 4090', powerLimitWatts: 450 },
      { name: 'Other', powerLimitWatts: null },
    ],
    settings: [
      { variable: 'OLLAMA_NUM_PARALLEL', value: '4' },
      { variable: 'OLLAMA_FLASH_ATTENTION', value: '1' },
      { variable: 'OLLAMA_KV_CACHE_TYPE', value: null },
      { variable: 'OLLAMA_CONTEXT_LENGTH', value: null },
    ],
  })
})
