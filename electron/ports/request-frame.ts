import { deserializeRequestMessage } from '@orpc/standard-server-peer'

/**
 * Whether a message can be a request of the contract, whose values are all JSON. oRPC itself lets a frame that does
 * not decode end in an unhandled rejection, which would take the whole host down.
 */
export function isRequestFrame(data: unknown): data is string {
  if (typeof data !== 'string') return false
  try {
    const frame: unknown = JSON.parse(data)
    if (typeof frame !== 'object' || frame === null) return false
    const [id] = deserializeRequestMessage(frame as Parameters<typeof deserializeRequestMessage>[0])
    return typeof id === 'string'
  } catch {
    return false
  }
}
