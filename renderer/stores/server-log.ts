import type { LogFilter } from '../../shared/contract/server-log'
import { host } from '../connection/connection'
import { watchStore } from './watch'

export const logSummary = watchStore((client, signal) => client.serverLog.watch(undefined, { signal }))

export const readLog = (filter: LogFilter & { from: number; count: number }) => host().serverLog.read(filter)
