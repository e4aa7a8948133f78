import { Failure } from '../../shared/failure'
import type { Watched } from '../platform/watched'
import type { ServerAddress } from './server-address'

/** Whatever answers: today the server that Corral runs, under the id `own`. */
export type Backend = {
  id: string
  kind: 'ollama'
  /** Where it answers; null while it does not. */
  address: ServerAddress
}

export type Backends = Watched<readonly Backend[]>

/** Where a backend answers, or null while it does not. Failure: `backendNotFound`. */
export function addressOf(backends: Backends, id: string): ServerAddress {
  const backend = backends.current.find((one) => one.id === id)
  if (!backend) throw new Failure('backendNotFound', id)
  return backend.address
}

/** The same where it must answer now. Failures: `backendNotFound`, `serverNotReady`. */
export function answeringAt(backends: Backends, id: string): NonNullable<ServerAddress> {
  const address = addressOf(backends, id)
  if (!address) throw new Failure('serverNotReady')
  return address
}
