import type { LoadedModel } from '../../../shared/contract/models'
import { runnerContext } from '../../../shared/ollama/runner-arguments'
import type { ToldModel } from '../../wire/loaded-models'

export type Runner = { pid: number; command: string }
/** Memory of one process on one card, as the driver tells it. */
export type CardMemory = { uuid: string; pid: number; usedBytes: number | null }

/** A model in memory with the file of its weights, where that is known. */
export type HeldModel = ToldModel & { weightsFile: string | null }

type Held = Omit<LoadedModel, 'stay'>

/**
 * Which runner holds each model, and on which cards: by the weights in its arguments, then by its process id. A server
 * that has no card to use counts some of a processor's own buffers as graphics memory, as newer Xeons have them.
 */
export function heldBy(
  models: readonly HeldModel[],
  runners: readonly Runner[],
  memory: readonly CardMemory[],
  usesCards: boolean | null = null,
): Held[] {
  return models.map(({ name, sizeBytes, vramBytes, contextLength, weightsFile }) => {
    const runner = runnerOf(weightsFile, runners)
    const cards = memory.flatMap(({ uuid, pid, usedBytes }) =>
      pid === runner?.pid && usedBytes !== null ? [{ uuid, usedBytes }] : [],
    )
    return {
      name,
      sizeBytes,
      vramBytes: usesCards === false ? 0 : vramBytes,
      // Old servers do not tell it, and a question with another context would load the model again.
      contextLength: contextLength ?? (runner ? runnerContext(runner.command) : null),
      runnerPid: runner?.pid ?? null,
      cards,
    }
  })
}

const runnerOf = (weightsFile: string | null, runners: readonly Runner[]) =>
  weightsFile === null ? undefined : runners.find(({ command }) => command.includes(weightsFile))

/**
 * The models whose process is not there: of a server all of whose processes can be seen, none holds their weights, and
 * none is left that might hold them without saying so.
 */
export function withoutRunner(models: readonly HeldModel[], runners: readonly Runner[]): string[] {
  const own = new Set(models.map(({ weightsFile }) => runnerOf(weightsFile, runners)))
  if (runners.some((runner) => !own.has(runner))) return []
  return models.flatMap(({ name, weightsFile }) =>
    weightsFile !== null && runnerOf(weightsFile, runners) === undefined ? [name] : [],
  )
}
