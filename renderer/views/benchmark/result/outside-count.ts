import type { BenchStage } from '../../../../shared/measure/result'

/** Answered requests that are in no figure: begun before all streams were at work, ended after, or reloaded. */
export const outsideCount = (stages: readonly (Pick<BenchStage, 'counts'> & Partial<Pick<BenchStage, 'window'>>)[]) =>
  stages
    .filter(({ window }) => window?.kind !== 'none')
    .reduce((sum, { counts }) => sum + counts.ok - counts.inWindow, 0)
