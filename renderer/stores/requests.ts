import { benchProgress } from './bench'
import { watchStore } from './watch'

const answersUnderWay = watchStore((client, signal) => client.answers.watchCount(undefined, { signal }))

/** Answers of chats that are being made; null until the host has told. */
export const useAnswersInFlight = (): number | null => answersUnderWay.useValue()

/** Requests that Corral itself has sent and that are not answered yet; null until the host has told. Others' nobody tells. */
export function useRequestsInFlight(): number | null {
  const answers = answersUnderWay.useValue()
  const run = benchProgress.use((state) => state)
  return answers === null || run.receivedAtMs === null ? null : answers + (run.value?.inFlight ?? 0)
}
