import type { ServerResponse } from 'node:http'
import type { Body } from './request-body'

/** One request on its way to its answer. */
export type Call = {
  body: Body
  response: ServerResponse
  /** Tells that nobody waits for the answer any more. */
  signal: AbortSignal
  /** What the path has beyond its route. */
  rest: string
}
