/**
 * `adopted` answers but was not started by this Corral; `hung` runs and no longer answers; `foreign` is another
 * program on the port; `missing`: no Ollama here.
 */
export const serverStates = [
  'looking',
  'missing',
  'stopped',
  'starting',
  'ready',
  'hung',
  'stopping',
  'crashed',
  'adopted',
  'foreign',
] as const
export type ServerState = (typeof serverStates)[number]

export type ServerPowers = {
  /** It answers: models can be listed, chats asked. */
  answers: boolean
  /** An Ollama holds the address and has its settings in force, whether or not it answers. */
  runs: boolean
  mayStart: boolean
  mayStop: boolean
  mayRestart: boolean
}

const none: ServerPowers = { answers: false, runs: false, mayStart: false, mayStop: false, mayRestart: false }

const powers: Record<ServerState, ServerPowers> = {
  looking: none,
  missing: none,
  stopped: { ...none, mayStart: true },
  starting: { ...none, mayStop: true },
  ready: { answers: true, runs: true, mayStart: false, mayStop: true, mayRestart: true },
  // A start beside it would find its port taken; a restart ends it first.
  hung: { answers: false, runs: true, mayStart: false, mayStop: true, mayRestart: true },
  stopping: none,
  crashed: { ...none, mayStart: true },
  // Somebody else's: it is used, never ended.
  adopted: { ...none, answers: true, runs: true },
  // A start could only fail; once the port is free the state says so within seconds.
  foreign: none,
}

/** What a server in this state allows, for every screen and for the host. */
export function serverPowers(server: { state: ServerState; nextRestartAtMs?: number | null }): ServerPowers {
  const allowed = powers[server.state]
  // A stop calls off the restart that is to follow a crash.
  return server.nextRestartAtMs == null ? allowed : { ...allowed, mayStop: true }
}

/** The process that holds the address, or is about to; null in a state in which there is none. */
export function runningServer<Server extends object>(server: Server): Extract<Server, { pid: unknown }> | null {
  return 'pid' in server ? (server as Extract<Server, { pid: unknown }>) : null
}
