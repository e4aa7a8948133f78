import type { BenchStage } from '../../../../shared/measure/result'

/** Answered requests that are in no figure: begun before all streams were at work, ended after, or reloaded. */
export const outsideCount = (stages: readonly Pick<BenchStage, 'counts'>[]) =>
  stages.reduce((sum, { counts }) => sum + counts.ok - counts.inWindow, 0)
