import type { ServerState } from '../../../shared/ollama/server-powers'

/** What a look at the server has shown: of the one that Corral started where there is one, else of the address. */
export type Sight =
  | 'ours-answers'
  | 'ours-is-silent'
  /** Not for the first time in a row. */
  | 'ours-stays-silent'
  | 'ours-is-gone'
  /** None of ours runs, and an Ollama answers. */
  | 'ollama-answers'
  | 'other-answers'
  | 'nobody-answers'

/** A crash that a restart is to follow is a standing of its own. */
export type Standing = ServerState | 'crashed-restart-due'

/** The state that follows; `ended` and `idle` are told by what else is known: how it ended, whether there is a program. */
export type Next = 'same' | 'ready' | 'hung' | 'ended' | 'adopted' | 'foreign' | 'idle'

/** What was seen -> what follows. A start or a stop that is under way tells of itself, and no look speaks between. */
export function nextAfter(standing: Standing, sight: Sight): Next {
  if (standing === 'starting' || standing === 'stopping') return 'same'
  if (sight === 'ours-answers') return 'ready'
  if (sight === 'ours-is-silent') return 'same'
  if (sight === 'ours-stays-silent') return 'hung'
  if (sight === 'ours-is-gone') return 'ended'
  // Whoever answers before the restart is met by it.
  if (standing === 'crashed-restart-due') return 'same'
  if (sight === 'ollama-answers') return 'adopted'
  if (sight === 'other-answers') return 'foreign'
  return standing === 'crashed' ? 'same' : 'idle'
}

/** What an answer of the address says while no server of ours runs; one that accepts and is silent is no Ollama. */
export function sightOfAddress(answer: 'ollama' | 'silent' | 'foreign' | 'nobody'): Sight {
  if (answer === 'ollama') return 'ollama-answers'
  return answer === 'nobody' ? 'nobody-answers' : 'other-answers'
}
