import type { Server } from '../../../shared/contract/server'
import { gpus } from '../../stores/gpus'
import { models } from '../../stores/models'
import { pulls } from '../../stores/pulls'
import { server as serverStore } from '../../stores/server'
import { inForce } from '../../stores/server-settings'
import { findNeeds, type Need } from './needs'

/** What needs the user now, the worst first. */
export function useNeeds(): Need[] {
  const server: Server | null = serverStore.useValue()
  const facts = {
    gpus: gpus.useValue(),
    loaded: models.useValue()?.loaded ?? [],
    pulls: pulls.useValue() ?? [],
    inForce: inForce.useValue() ?? [],
  }
  return server ? findNeeds({ server, ...facts }) : []
}
