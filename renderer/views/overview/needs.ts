import type { Gpus } from '../../../shared/contract/gpus'
import type { LoadedModel } from '../../../shared/contract/models'
import type { Pull } from '../../../shared/contract/pulls'
import type { Server } from '../../../shared/contract/server'
import type { InForce } from '../../../shared/contract/server-settings'
import type { FailureCode } from '../../../shared/failure'
import { mainMemoryShare } from '../../../shared/ollama/held-memory'
import { runningServer } from '../../../shared/ollama/server-powers'
import { serverWord } from '../../../shared/ollama/server-word'
import { formatClock } from '../../format/times'

export type Need = {
  key: string
  kind:
    | 'crashed'
    | 'ended'
    | 'cameBack'
    | 'cameBackCrashed'
    | 'foreign'
    | 'missing'
    | 'restart'
    | 'differs'
    | 'lostCard'
    | 'mainMemory'
    | 'pullFailed'
    | 'pullStopped'
  tone: 'bad' | 'caution' | 'info'
  href: string
  values: Record<string, string | number>
  /** Whose words say more than those of the kind. */
  failureCode?: FailureCode | undefined
}

type Facts = {
  server: Server
  gpus: Gpus | null
  loaded: readonly LoadedModel[]
  pulls: readonly Pull[]
  inForce: readonly InForce[]
}

/** A server that has come back is news for an hour. */
const newsMs = 3_600_000

/** What needs the user, the worst first. */
export function findNeeds({ server, gpus, loaded, pulls, inForce }: Facts, nowMs = Date.now()): Need[] {
  const { exit } = server
  const hasComeBack = server.state === 'ready' && exit && exit.reason !== 'stopped-by-other'
  const needs: (Need | null)[] = [
    server.state === 'crashed'
      ? need(serverWord(server) === 'ended' ? 'ended' : 'crashed', 'bad', '/server/log', {
          code: server.exit?.code ?? server.exit?.signal ?? '?',
        })
      : null,
    hasComeBack && nowMs - exit.atMs < newsMs
      ? need(exit.code === null && exit.signal === null ? 'cameBack' : 'cameBackCrashed', 'caution', '/server/log', {
          at: formatClock(exit.atMs),
        })
      : null,
    server.state === 'foreign' ? need('foreign', 'bad', '/server', { port: server.port }) : null,
    server.state === 'missing' ? need('missing', 'caution', '/server', {}) : null,
    ...(gpus?.cards ?? []).map((card) =>
      card.lostReason
        ? need('lostCard', 'bad', '/gpus', { index: card.index, reason: card.lostReason }, card.uuid)
        : null,
    ),
    ...loaded.map((model) => {
      const share = mainMemoryShare(model, gpus?.cards.length ?? 0)
      if (share === null) return null
      const percent = Math.max(1, Math.round(share * 100))
      return need('mainMemory', 'caution', '/models', { model: model.name, percent }, model.name)
    }),
    ...pulls.map((pull) =>
      pull.state === 'failed'
        ? {
            ...need('pullFailed', 'bad', '/models', { model: pull.model.name }, pull.model.name),
            failureCode: pull.failure?.code,
          }
        : pull.state === 'stopped'
          ? need('pullStopped', 'info', '/models', { model: pull.model.name }, pull.model.name)
          : null,
    ),
    ...inForce
      .filter((row) => row.differs)
      .map((row) =>
        need(
          'differs',
          'caution',
          '/server/in-force',
          { variable: row.variable, asked: row.asked ?? '—', inForce: row.inForce ?? '—' },
          row.variable,
        ),
      ),
    runningServer(server)?.restartDue ? need('restart', 'info', '/server', {}) : null,
  ]
  return needs.filter((found) => found !== null)
}

const need = (kind: Need['kind'], tone: Need['tone'], href: string, values: Need['values'], which = ''): Need => ({
  key: `${kind}-${which}`,
  kind,
  tone,
  href,
  values,
})
