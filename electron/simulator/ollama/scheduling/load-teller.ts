import type { LoadStory } from './load-story'
import type { LoadedModel } from './loaded-model'

/** Who is told what happens to models in memory, for the log: its words are not scheduling's. */
export type LoadTeller = {
  loading(story: LoadStory): void
  stillLoading(): void
  ready(loaded: LoadedModel, seconds: number): void
  /** The model's file is damaged. Gives the error that the caller gets. */
  damaged(story: LoadStory): string
  /** The runner does not know the type asked for keys and values. Gives the error that the caller gets. */
  keyValueTypeRefused(story: LoadStory): string
  /** Keys and values are to be quantized, and flash attention is off. Gives the error that the caller gets. */
  flashNeeded(story: LoadStory): string
  /** The caller left while its model was loading. */
  loadAborted(): void
  runnerFoundDead(): void
  /** A request has let go of its model. */
  givenBack(loaded: LoadedModel): void
  /** The server ends, and with it these. */
  ending(loaded: readonly LoadedModel[]): void
}
