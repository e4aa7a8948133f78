import { ORPCError } from '@orpc/client'
import { type FailureCode, failures } from '../../shared/failure'

/** What the page can say of a failure: a code of the closed table, or one of the three that only the page can meet. */
export type PageFailureCode = FailureCode | 'hostLost' | 'internal' | 'badRequest'

export class PageFailure extends Error {
  constructor(
    readonly code: PageFailureCode,
    readonly detail?: string,
  ) {
    super(code)
  }
}

/** Whatever was thrown, in the page's words. */
export function toFailure(error: unknown): PageFailure {
  if (error instanceof PageFailure) return error
  if (!(error instanceof ORPCError)) return new PageFailure('hostLost')
  if (error.code in failures) {
    return new PageFailure(error.code as FailureCode, (error.data as { detail?: string } | undefined)?.detail)
  }
  return new PageFailure(error.code === 'BAD_REQUEST' ? 'badRequest' : 'internal')
}
