import type { LoadedModel } from '../../../shared/contract/models'
import { runnerContext } from '../../../shared/ollama/runner-arguments'
import type { ToldModel } from '../../wire/loaded-models'

export type Runner = { pid: number; command: string }
/** Memory of one process on one card, as the driver tells it. */
export type CardMemory = { uuid: string; pid: number; usedBytes: number | null }

/** A model in memory with the file of its weights, where that is known. */
export type HeldModel = ToldModel & { weightsFile: string | null }

/** Which runner holds each model, and on which cards: by the weights in its arguments, then by its process id. */
export function heldBy(
  models: readonly HeldModel[],
  runners: readonly Runner[],
  memory: readonly CardMemory[],
): LoadedModel[] {
  return models.map(({ digest: _, weightsFile, ...model }) => {
    const runner = weightsFile === null ? undefined : runners.find(({ command }) => command.includes(weightsFile))
    const cards = memory.flatMap(({ uuid, pid, usedBytes }) =>
      pid === runner?.pid && usedBytes !== null ? [{ uuid, usedBytes }] : [],
    )
    // Old servers do not tell it, and a question with another context would load the model again.
    const contextLength = model.contextLength ?? (runner ? runnerContext(runner.command) : null)
    return { ...model, contextLength, runnerPid: runner?.pid ?? null, cards }
  })
}
