import type { Gpu, GpuHistory } from '../../../shared/contract/gpus'
import { saveFile } from '../../actions/save-file'
import { historyCsv } from './history-csv'

/** Hands what the charts show to the browser as a file. */
export function saveHistory(history: GpuHistory | null, cards: readonly Gpu[], minutes: number): void {
  if (!history) return
  const end = new Date((history.atMs.at(-1) ?? 0) + history.stepMs)
  const fileName = `gpus-${minutes}min-${end.toISOString().slice(0, 16).replace(':', '')}.csv`
  saveFile(fileName, historyCsv(history, cards), 'text/csv')
}
