import type { AnyRouter } from '@orpc/server'

/** Any router that needs no context: the transports do not care which. */
export type ServedRouter = AnyRouter
