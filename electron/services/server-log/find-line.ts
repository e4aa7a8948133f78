import type { LogLine, LogMatch, LogQuestion } from '../../../shared/contract/server-log'
import { filterInSlices } from '../../platform/slices'

type Wanted = Pick<LogQuestion, 'search' | 'level' | 'fromNumber' | 'direction'>

/** The line that is asked for, its place among these lines and its rank among all that match; null where none does. */
export async function findLine(
  lines: readonly LogLine[],
  { search, level, fromNumber, direction }: Wanted,
): Promise<LogMatch | null> {
  const words = search?.trim().toLowerCase() ?? ''
  const places = await filterInSlices([...lines.keys()], (place) => {
    const line = lines[place]
    return line !== undefined && (!level || line.level === level) && line.text.toLowerCase().includes(words)
  })
  if (places.length === 0) return null
  const numberOf = (place: number) => lines[place]?.number ?? 0
  const follows = (place: number) =>
    direction === 'next' ? numberOf(place) > fromNumber : numberOf(place) >= fromNumber
  const after = places.findIndex(follows)
  const following = after === -1 ? places.length : after
  const rank = (direction === 'previous' ? following - 1 + places.length : following) % places.length
  const place = places[rank] ?? 0
  return { number: numberOf(place), place, rank: rank + 1, matchCount: places.length }
}
