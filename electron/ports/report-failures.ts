import { ORPCError, os } from '@orpc/server'
import { Failure, failures } from '../../shared/failure'
import { isDiskFull } from '../platform/disk-full'
import type { Logger } from '../platform/logger'
import type { Redact } from '../platform/redactor'

/** An expected failure reaches the page with its code; anything else stays in the host's log and arrives as internal. */
export const reportFailures = (logger: Logger, redact: Redact) =>
  os.middleware(async ({ next, path }) => {
    const translate = (error: unknown) => translated(error, path.join('.'), logger, redact)
    try {
      const result = await next()
      return isAsyncIterator(result.output) ? { ...result, output: reporting(result.output, translate) } : result
    } catch (error) {
      throw translate(error)
    }
  })

async function* reporting(output: AsyncIterableIterator<unknown>, translate: (error: unknown) => unknown) {
  try {
    yield* output
  } catch (error) {
    throw translate(error)
  }
}

function translated(error: unknown, path: string, logger: Logger, redact: Redact): unknown {
  if (isDiskFull(error)) return translated(new Failure('diskFull'), path, logger, redact)
  if (error instanceof Failure) {
    const { code, ...data } = error.report(redact)
    return new ORPCError(code, { status: failures[code].status, defined: true, message: code, data })
  }
  if (error instanceof ORPCError) return error
  if (isAbort(error)) return error
  logger.error(`unexpected failure in ${path}`, error)
  return new ORPCError('INTERNAL_SERVER_ERROR')
}

const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError'

const isAsyncIterator = (value: unknown): value is AsyncIterableIterator<unknown> =>
  typeof value === 'object' && value !== null && Symbol.asyncIterator in value
