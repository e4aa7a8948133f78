import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { logLevels } from '../ollama/log-line'
import { operation } from './operation'

export const LogLevel = z.enum(logLevels)
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

/** Which lines are meant: those of some levels, or all. */
export const LogFilter = z.object({ levels: z.array(LogLevel).optional() })
export type LogFilter = z.infer<typeof LogFilter>

export const LogSummary = z.object({
  lineCount: z.number(), // kept; the oldest of more than 100,000 are dropped
  lastNumber: z.number(),
  /** How many of the kept lines have each level. */
  counts: z.record(LogLevel, z.number()),
  /** The files that the server writes to; empty before its first start. */
  files: z.array(z.object({ path: z.string(), sizeBytes: z.number() })),
})
export type LogSummary = z.infer<typeof LogSummary>

export const LogWindow = z.object({
  from: z.number(),
  matchCount: z.number(),
  lines: z.array(LogLine),
  /** Of the oldest kept line: places count from it. */
  firstNumber: z.number(),
})
export type LogWindow = z.infer<typeof LogWindow>

/** What is looked for among the lines of a filter: a text in any case of letters, a level, or both. */
export const LogQuestion = LogFilter.extend({
  search: z.string().max(500).optional(),
  level: LogLevel.optional(),
  /** The line's number to begin at. */
  fromNumber: z.number().int(),
  /** That line or the first after it, the next one, or the one before; past an end it goes on at the other. */
  direction: z.enum(['here', 'next', 'previous']),
})
export type LogQuestion = z.infer<typeof LogQuestion>

/** A line that was found: its number, its place among the lines of the filter, and which of all found ones it is, from 1. */
export const LogMatch = z.object({
  number: z.number(),
  place: z.number(),
  rank: z.number(),
  matchCount: z.number(),
})
export type LogMatch = z.infer<typeof LogMatch>

/** How many lines were said when, in equal steps of time up to now. */
export const LogHistogram = z.object({
  fromMs: z.number(),
  stepMs: z.number(),
  steps: z.array(
    z.object({
      lineCount: z.number(),
      warningCount: z.number(),
      errorCount: z.number(),
      /** The place of its first line, or of the first one after it. */
      place: z.number(),
    }),
  ),
})
export type LogHistogram = z.infer<typeof LogHistogram>

export const serverLog = {
  /** How long the log is, now and as it grows. */
  watch: operation.output(eventIterator(LogSummary)),
  /** A window of the lines of a filter, by their place among them; `from` -1 means the last `count`. */
  read: operation
    .input(LogFilter.extend({ from: z.number().int().min(-1), count: z.number().int().min(1).max(2000) }))
    .output(LogWindow),
  /** One line that holds what is looked for; null where none does. */
  find: operation.input(LogQuestion).output(LogMatch.nullable()),
  /** When the lines of a filter were said, in at most `stepCount` steps. */
  histogram: operation
    .input(LogFilter.extend({ stepCount: z.number().int().min(1).max(400) }))
    .output(LogHistogram.nullable()),
}
