import type { UnderWay } from '../../shared/contract/server'
import { countOthersRequests } from '../process/open-requests'
import type { Bench } from '../services/bench/bench'
import type { Chats } from '../services/chats/chats'
import type { OllamaServer } from '../services/ollama-server/ollama-server'
import type { Pulls } from '../services/pulls/pulls'
import type { ServerLog } from '../services/server-log/server-log'

type Parts = { bench: Bench; chats: Chats; pulls: Pulls; server: OllamaServer; serverLog: ServerLog }

/** What an end of the server would break off: of ours, and of other programs as far as the system tells. */
export async function findUnderWay({ bench, chats, pulls, server, serverLog }: Parts): Promise<UnderWay> {
  return {
    run: bench.live.current?.plan.model.name ?? null,
    answerCount: chats.runningCount.current,
    pulls: pulls.state.current.filter(({ state }) => state === 'running').map(({ model }) => model.name),
    otherRequestCount: server.runsOurs
      ? await countOthersRequests(server.state.current.port, serverLog.answeredAtMs)
      : 0,
  }
}
