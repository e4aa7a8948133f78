import { isDeepStrictEqual } from 'node:util'
import type { Gpu, GpusChange, Gpus as State } from '../../../shared/contract/gpus'

/** What is new since the state before: the readings of some cards, or, where more than that has changed, all of it. */
export function changeBetween(before: State, now: State): GpusChange {
  if (!isDeepStrictEqual(withoutReadings(before), withoutReadings(now))) return { whole: now }
  const readings = now.cards.flatMap((card, place) => {
    const { uuid, latest, recentPercents, lostReason } = card
    return card === before.cards[place] ? [] : { uuid, latest, recentPercents, lostReason }
  })
  return { readings }
}

const withoutReadings = ({ cards, ...rest }: State) => ({
  ...rest,
  cards: cards.map(({ latest: _, recentPercents: _recent, lostReason: _reason, ...facts }: Gpu) => facts),
})
