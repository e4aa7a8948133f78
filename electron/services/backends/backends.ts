import { ownBackendId } from '../../../shared/backends/own'
import type { Watched } from '../../platform/watched'
import type { Backend, Backends } from '../../wire/backend'
import type { ServerAddress } from '../../wire/server-address'

/** Everything that answers: the server that Corral runs, and so far nothing else. It changes in the moment its address does. */
export function listBackends(own: Watched<ServerAddress>): Backends {
  return own.mapped((address): readonly Backend[] => [{ id: ownBackendId, kind: 'ollama', address }])
}
