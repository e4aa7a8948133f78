import type { LogHistogram, LogLine } from '../../../shared/contract/server-log'

const second = 1000
const minute = 60 * second
const hour = 60 * minute
const longestMs = 60 * 24 * hour
const roundSteps = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * second),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * minute),
  ...[1, 2, 4, 6, 12, 24, 48, 96, 168].map((hours) => hours * hour),
]

/**
 * Lines by the time at which they were said, in at most `stepCount` steps of a round length: up to now, and over a
 * minute at least. Null where `all`, of which they are, has no line.
 */
export function histogramOf(
  lines: readonly LogLine[],
  stepCount: number,
  nowMs: number,
  all: readonly LogLine[] = lines,
): LogHistogram | null {
  let firstMs = nowMs - minute
  // Of a filter that lets nothing through the picture is that of the log, empty.
  for (const { atMs } of lines.length > 0 ? lines : all) if (atMs < firstMs) firstMs = atMs
  // A clock that was wrong must not press all other lines into one step: it counts with the nearest.
  firstMs = Math.max(firstMs, nowMs - longestMs)
  const lastMs = nowMs
  if (all.length === 0) return null
  // Beginning at a round time can take a step more than the length alone.
  const fits = (stepMs: number) => Math.floor(lastMs / stepMs) - Math.floor(firstMs / stepMs) < stepCount
  const stepMs = roundSteps.find(fits) ?? lastMs - firstMs + 1
  const fromMs = fits(stepMs) ? Math.floor(firstMs / stepMs) * stepMs : firstMs
  const steps = Array.from({ length: Math.floor((lastMs - fromMs) / stepMs) + 1 }, () => ({
    lineCount: 0,
    warningCount: 0,
    errorCount: 0,
    place: lines.length,
  }))
  lines.forEach(({ atMs, level }, place) => {
    const nearest = Math.max(0, Math.min(steps.length - 1, Math.floor((atMs - fromMs) / stepMs)))
    const step = steps[nearest]
    if (!step) return
    step.lineCount += 1
    if (level === 'warn') step.warningCount += 1
    if (level === 'error') step.errorCount += 1
    step.place = Math.min(step.place, place)
  })
  for (let place = steps.length - 2; place >= 0; place -= 1) {
    const step = steps[place]
    const following = steps[place + 1]
    if (step && following && step.lineCount === 0) step.place = following.place
  }
  return { fromMs, stepMs, steps }
}
