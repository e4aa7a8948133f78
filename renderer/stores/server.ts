import { createStore } from 'zustand/vanilla'
import type { UnderWay } from '../../shared/contract/server'
import { host } from '../connection/connection'
import { watchStore } from './watch'

export const server = watchStore((client, signal) => client.server.watch(undefined, { signal }))

type Ending = 'restart' | 'stop'

/** The question whether the server may be ended, while it is asked: what would be broken off, and where the answer goes. */
export const endQuestion = createStore<{
  asked: { ending: Ending; underWay: UnderWay; answer: (goesOn: boolean) => void } | null
}>(() => ({ asked: null }))

export const startServer = () => host().server.start()
export const lookForOllama = () => host().server.lookAgain()

/** Nothing happens where the user thinks better of it. */
export async function stopServer(): Promise<void> {
  if (await mayEnd('stop')) await host().server.stop()
}

/** `prepare` is done once the user has not thought better of it. */
export async function restartServer(prepare = async () => {}): Promise<void> {
  if (!(await mayEnd('restart'))) return
  await prepare()
  await host().server.restart()
}

// biome-ignore lint/correctness/useHookAtTopLevel: an operation of the host, no hook
const switchKind = (isOn: boolean) => host().server.useSimulator({ isOn })

export async function switchSimulator(isOn: boolean): Promise<void> {
  if (await mayEnd('stop')) await switchKind(isOn)
}

export async function pointAtOllama(file: string): Promise<void> {
  if (!endsBySwitch() || (await mayEnd('stop'))) await host().server.pointAt({ file })
}

export async function pickOllama(): Promise<void> {
  if (!endsBySwitch() || (await mayEnd('stop'))) await host().server.pick()
}

/** The simulator's server ends where an Ollama is chosen; any other goes on. */
const endsBySwitch = () => server.store.getState().value?.isSimulated ?? false

/** Asks where something is under way; without a word otherwise. */
async function mayEnd(ending: Ending): Promise<boolean> {
  const underWay = await host().server.findUnderWay()
  const { run, answerCount, pulls, otherRequestCount } = underWay
  if (run === null && answerCount === 0 && pulls.length === 0 && !otherRequestCount) return true
  endQuestion.getState().asked?.answer(false)
  return new Promise((resolve) => {
    const answer = (goesOn: boolean) => {
      endQuestion.setState({ asked: null })
      resolve(goesOn)
    }
    endQuestion.setState({ asked: { ending, underWay, answer } })
  })
}
