import type { ServerResponse } from 'node:http'
import type { Faults } from '../../configuration'
import { sendJson } from './json-replies'
import type { Simulated } from './simulated-server'

/** POST /simulator/faults: the faults from now on, in place of all that were set before. */
export function changeFaults(simulated: Simulated, text: string, response: ServerResponse): void {
  const faults = JSON.parse(text || '{}') as Faults
  simulated.changeFaults(faults)
  sendJson(response, 200, faults)
}

/** GET /simulator/state: what no real server tells; times are of this process's performance.now(). */
export function tellState({ scheduler, configuration, settings, sent }: Simulated, response: ServerResponse): void {
  sendJson(response, 200, {
    pid: process.pid,
    nowMs: performance.now(),
    settings,
    faults: configuration.faults,
    queueLength: scheduler.queueLength,
    loaded: scheduler.loaded.map((loaded) => ({
      name: loaded.model.name,
      pid: loaded.child.pid,
      isLoading: loaded.isLoading,
      isDead: loaded.isDead,
      users: loaded.userCount,
      slots: loaded.slots.count,
      inUse: loaded.slots.inUse,
      waiting: loaded.slots.waiting,
      contextLength: loaded.options.contextLength,
      placement: loaded.placement,
    })),
    sent: sent.all,
  })
}
