import type { LogFilter, LogLevel, LogQuestion } from '../../shared/contract/server-log'
import { host } from '../connection/connection'
import { watchStore } from './watch'

const windowLines = 2000

export const logSummary = watchStore((client, signal) => client.serverLog.watch(undefined, { signal }))

/** The lines of one level, or all. */
export const filterOf = (level: LogLevel | null): LogFilter => (level ? { levels: [level] } : {})

export const readLog = (filter: LogFilter & { from: number; count: number }) => host().serverLog.read(filter)

export const findInLog = (question: LogQuestion) => host().serverLog.find(question)

export const readLogHistogram = (filter: LogFilter & { stepCount: number }) => host().serverLog.histogram(filter)

/** All lines of a filter as one text, read a window at a time. */
export async function readLogText(filter: LogFilter): Promise<string> {
  const texts: string[] = []
  let from = 0
  let lastNumber = 0
  let countedFrom: number | null = null
  for (;;) {
    const { matchCount, lines, firstNumber } = await readLog({ ...filter, from, count: windowLines })
    if (countedFrom !== null && firstNumber !== countedFrom) {
      // The oldest lines were dropped meanwhile: places have moved, numbers have not.
      const next = await findInLog({ ...filter, fromNumber: lastNumber + 1, direction: 'here' })
      if (!next || next.number <= lastNumber) break
      from = next.place
      countedFrom = null
      continue
    }
    countedFrom = firstNumber
    texts.push(...lines.map(({ text }) => text))
    from += lines.length
    lastNumber = lines.at(-1)?.number ?? lastNumber
    if (lines.length === 0 || from >= matchCount) break
  }
  return texts.map((text) => `${text}\n`).join('')
}
