import type { Gpu, GpuHistory } from '../../../shared/contract/gpus'
import { historyCsv } from './history-csv'

/** Hands what the charts show to the browser as a file. */
export function saveHistory(history: GpuHistory | null, cards: readonly Gpu[], minutes: number): void {
  if (!history) return
  const address = URL.createObjectURL(new Blob([historyCsv(history, cards)], { type: 'text/csv' }))
  const link = document.createElement('a')
  const end = new Date((history.atMs.at(-1) ?? 0) + history.stepMs)
  link.href = address
  link.download = `gpus-${minutes}min-${end.toISOString().slice(0, 16).replace(':', '')}.csv`
  link.click()
  URL.revokeObjectURL(address)
}
