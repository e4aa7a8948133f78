import type { BenchStage, CurvePoint } from '../../../shared/measure/result'

/** The measured steps in short. */
export function summaryCurve(stages: readonly BenchStage[]): CurvePoint[] {
  return stages
    .filter((stage) => stage.kind === 'measure')
    .map((stage) => ({
      concurrency: stage.concurrency,
      outputTokensPerSecond: stage.system.outputTokensPerSecond,
      decodeTokensPerSecond: stage.perStream.decodeTokensPerSecond?.median ?? null,
      ttftMs: stage.perStream.ttftMs?.median ?? null,
      tpotMs: stage.perStream.tpotMs?.median ?? null,
    }))
}
