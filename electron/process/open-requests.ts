import { ownPorts } from './port-owner'
import { binary } from './program'
import { run } from './run'

const streamsWithinMs = 2000
/** By then the log has been read again, which is a list that grows. */
const lookAgainAfterMs = 1200
const secondMs = 1000
const piecesOfStream = 3

/** The end of a connection that lies at the server, as the system sees it. */
export type ServerEnd = {
  peer: string
  sentBytes: number
  receivedBytes: number
  sentAgoMs: number
  receivedAgoMs: number
  /** Segments sent beyond those received: an answer that comes in pieces has many. */
  moreSent: number
}

/**
 * How many requests other processes have open at a server on this port: those that were sent and not answered yet, and
 * those whose answer is coming or has stalled. A kept connection at rest is none: its last words were the end of an answer,
 * and the server's log has a line of that second. Null where it cannot be told: only Linux can, by `ss`.
 */
export async function countOthersRequests(port: number, answeredAtMs: readonly number[]): Promise<number | null> {
  const first = await serverEnds(port)
  const own = ownPorts()
  if (first === null) return null
  const nowMs = Date.now()
  const others = first.filter(({ peer }) => !own.has(portOf(peer)))
  const isAtRest = ({ sentAgoMs }: ServerEnd) =>
    answeredAtMs.some((atMs) => Math.abs(nowMs - sentAgoMs - (atMs + secondMs / 2)) < 1.5 * secondMs)
  const isUnfinished = (end: ServerEnd) => end.moreSent >= piecesOfStream && !isAtRest(end)
  const isStalled = (end: ServerEnd) => end.sentAgoMs >= streamsWithinMs && isUnfinished(end)
  const open = others.filter((end) => isWaiting(end) || isStalled(end))
  const streaming = others.filter((end) => !isWaiting(end) && end.sentAgoMs < streamsWithinMs)
  if (streaming.length === 0) return open.length
  await new Promise((resolve) => setTimeout(resolve, lookAgainAfterMs))
  const later = (await serverEnds(port)) ?? []
  const hasGrown = ({ peer, sentBytes }: ServerEnd) =>
    later.some((end) => end.peer === peer && (end.sentBytes > sentBytes || isWaiting(end)))
  return open.length + streaming.filter((end) => hasGrown(end) || isUnfinished(end)).length
}

/** It has heard of its client since it last said something. */
const isWaiting = ({ sentBytes, receivedBytes, sentAgoMs, receivedAgoMs }: ServerEnd) =>
  receivedBytes > 0 && (sentBytes === 0 || receivedAgoMs < sentAgoMs)

async function serverEnds(port: number): Promise<ServerEnd[] | null> {
  if (process.platform !== 'linux') return null
  const { exitCode, stdout } = await run(binary('ss'), ['-tinHO', 'state', 'established', `( sport = :${port} )`], {
    timeoutMs: 3000,
  })
  return exitCode === 0 ? serverEndsIn(stdout, port) : null
}

export function serverEndsIn(text: string, port: number): ServerEnd[] {
  return text
    .split('\n')
    .map((line) => /^\s*\d+\s+\d+\s+(\S+)\s+(\S+)\s*(.*)$/.exec(line))
    .filter((row) => row !== null && portOf(row[1] ?? '') === port)
    .map((row) => ({
      peer: row?.[2] ?? '',
      sentBytes: numberIn(row?.[3], 'bytes_sent'),
      receivedBytes: numberIn(row?.[3], 'bytes_received'),
      sentAgoMs: numberIn(row?.[3], 'lastsnd'),
      receivedAgoMs: numberIn(row?.[3], 'lastrcv'),
      moreSent: numberIn(row?.[3], 'data_segs_out') - numberIn(row?.[3], 'data_segs_in'),
    }))
}

const numberIn = (text = '', name = '') => Number(new RegExp(`\\b${name}:(\\d+)`).exec(text)?.[1] ?? 0)

const portOf = (address: string) => Number(address.split(':').pop())
