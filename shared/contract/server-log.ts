import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { operation } from './operation'

export const LogLevel = z.enum(['error', 'warn', 'info', 'debug', 'access', 'plain'])
export type LogLevel = z.infer<typeof LogLevel>

export const LogLine = z.object({
  /** Counts up from 1 for as long as Corral runs. */
  number: z.number(),
  atMs: z.number(),
  stream: z.enum(['stdout', 'stderr', 'corral']),
  level: LogLevel,
  text: z.string(),
})
export type LogLine = z.infer<typeof LogLine>

/** Which lines are meant: those of some levels, holding some text. */
export const LogFilter = z.object({
  levels: z.array(LogLevel).optional(),
  search: z.string().max(500).optional(),
})
export type LogFilter = z.infer<typeof LogFilter>

export const LogSummary = z.object({
  lineCount: z.number(), // kept; the oldest of more than 100,000 are dropped
  lastNumber: z.number(),
  errorCount: z.number(),
  warningCount: z.number(),
  firstErrorNumber: z.number().nullable(),
})
export type LogSummary = z.infer<typeof LogSummary>

export const LogWindow = z.object({ from: z.number(), matchCount: z.number(), lines: z.array(LogLine) })
export type LogWindow = z.infer<typeof LogWindow>

export const serverLog = {
  /** How long the log is, now and as it grows. */
  watch: operation.output(eventIterator(LogSummary)),
  /** A window of the lines that match, by their place among the matching ones; `from` -1 means the last `count`. */
  read: operation
    .input(LogFilter.extend({ from: z.number().int().min(-1), count: z.number().int().min(1).max(2000) }))
    .output(LogWindow),
}
