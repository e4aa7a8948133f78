import type { BenchPlan } from '../../../shared/measure/result'
import { settingDurationMs } from '../../../shared/ollama/go-duration'
import { askJson } from '../../wire/ask'
import type { Sockets } from '../../wire/sockets'

const ollamaDefaultMs = 300_000
const answerLimitMs = 3000

/** How the model lay in memory before a run: null where it did not; `leftMs` is null for one that stays for ever. */
export type KeptBefore = { leftMs: number | null } | null

/**
 * For how long the model stays after a run, in seconds, -1 for ever: as long as the server keeps one by itself, or as it
 * was kept before where that was longer. `setting` is OLLAMA_KEEP_ALIVE in effect, null where it cannot be told.
 */
export function keepAliveAfter(before: KeptBefore, setting: string | null): number {
  const usualMs = (setting === null ? null : settingDurationMs(setting)) ?? ollamaDefaultMs
  if (usualMs < 0 || (before && before.leftMs === null)) return -1
  return Math.round(Math.max(usualMs, before?.leftMs ?? 0) / 1000)
}

/** Takes back the long time that a run asked for; the context is the run's, or the server would load the model again. */
export async function giveBack(at: { sockets: Sockets; baseUrl: string }, plan: BenchPlan, seconds: number) {
  const body = {
    model: plan.model.name,
    stream: false,
    keep_alive: seconds,
    options: { num_ctx: plan.contextLength },
  }
  await askJson({
    sockets: at.sockets,
    baseUrl: at.baseUrl,
    path: '/api/generate',
    body,
    signal: AbortSignal.timeout(answerLimitMs),
  }).catch(() => {}) // a server that is gone or busy keeps it as long as it was told
}
