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
  for (;;) {
    const { matchCount, lines } = await readLog({ ...filter, from: texts.length, count: windowLines })
    texts.push(...lines.map(({ text }) => text))
    if (lines.length === 0 || texts.length >= matchCount) return texts.map((text) => `${text}\n`).join('')
  }
}
