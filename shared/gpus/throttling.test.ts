import { expect, test } from 'vitest'
import { holdsBack, isHeldBack, type ThrottleReason, throttleReasons } from './throttling'

test.each<[ThrottleReason[], isSlowed: boolean, isCapped: boolean]>([
  [[], false, false],
  [['idle'], false, false],
  [['application-clocks', 'sync-boost', 'display-clocks'], false, false],
  [['power-cap'], false, true],
  [['hardware-slowdown'], true, false],
  [['software-thermal', 'power-cap'], true, true],
  [['hardware-thermal'], true, false],
  [['power-brake'], true, false],
])('%j: slowed %s, capped %s', (reasons, isSlowed, isCapped) => {
  expect([isHeldBack(reasons, 'slowed'), isHeldBack(reasons, 'capped')]).toEqual([isSlowed, isCapped])
  expect(reasons.some(holdsBack)).toBe(isSlowed || isCapped)
})

test('each reason holds a card back in one way, or in none', () => {
  for (const reason of throttleReasons) {
    const ways = (['slowed', 'capped'] as const).filter((how) => isHeldBack([reason], how))
    expect(ways).toHaveLength(holdsBack(reason) ? 1 : 0)
  }
})
