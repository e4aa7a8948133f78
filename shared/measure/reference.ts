import type { BenchStage } from './result'

/** What is compared with: the step of one stream, and the prefill rate seen before anything could be cached. */
export type Reference = { solo: BenchStage | null; freshPrefillRate: number | null }
