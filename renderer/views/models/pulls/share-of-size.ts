import { formatSize } from '../../../format/sizes'

/** Two sizes side by side; the unit is said once where both have the same: "8.70 of 20.2 GB". */
export function shareOfSize(completedBytes: number, totalBytes: number) {
  const [done, total] = [formatSize(completedBytes), formatSize(totalBytes)]
  const unit = total.slice(total.indexOf(' '))
  return { done: done.endsWith(unit) ? done.slice(0, -unit.length) : done, total }
}
