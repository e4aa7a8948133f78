import { randomBytes, randomUUID } from 'node:crypto'
import { cpus, release, type } from 'node:os'
import { version as corralVersion } from '../../../package.json'
import type { BenchRun } from '../../../shared/contract/bench'
import type { BenchPlan } from '../../../shared/measure/result'
import { resultSchema } from '../../../shared/measure/result'
import { sampling } from './ollama-target'
import type { RunRecord } from './saved-runs'

/** Words are the same for all runs, so that runs may be compared. */
const shapeSeed = 1

/** A run as it begins: what is asked, of which server, from which machine. */
export function newRecord(plan: BenchPlan, server: Partial<BenchRun['server']>, isSimulated: boolean): RunRecord {
  const none = { version: null, digest: null, sizeBytes: null, parameterSize: null, quantization: null }
  return {
    schema: resultSchema,
    corralVersion,
    id: randomUUID(),
    state: 'running',
    failure: null,
    plan,
    startedAtMs: Date.now(),
    endedAtMs: null,
    requestCount: 0,
    failedCount: 0,
    curve: [],
    isSimulated,
    server: { ...none, loadedBytes: null, vramBytes: null, contextLength: null, ...server },
    machine: null,
    client: {
      system: `${type()} ${release()}`,
      processor: cpus()[0]?.model.trim() ?? '',
      coreCount: cpus().length,
      node: process.version,
    },
    sampling,
    seeds: { shape: shapeSeed, nonce: randomBytes(16).toString('hex') },
    load: null,
    warmUp: null,
    verdicts: [],
  }
}
