import type { BenchRun } from '../../../shared/contract/bench'
import type { Gpus } from '../../../shared/contract/gpus'
import type { InForce } from '../../../shared/contract/server-settings'
import { isSameModel } from '../../../shared/ollama/model-name'

/** What figures depend on most; others may hold what nobody wants in a file that is handed on. */
const told = ['OLLAMA_NUM_PARALLEL', 'OLLAMA_FLASH_ATTENTION', 'OLLAMA_KV_CACHE_TYPE', 'OLLAMA_CONTEXT_LENGTH']

/** The cards and the settings in force, as far as they are this model's and not another's. */
export function machineFacts(gpus: Gpus, rows: readonly InForce[], model: string): NonNullable<BenchRun['machine']> {
  return {
    driverVersion: gpus.driverVersion,
    cards: gpus.cards.map(({ name, latest }) => ({ name, powerLimitWatts: latest?.powerLimitWatts ?? null })),
    settings: told.map((variable) => {
      const row = rows.find((one) => one.variable === variable && (one.model === null || isSameModel(one.model, model)))
      return { variable, value: row?.inForce ?? null }
    }),
  }
}
