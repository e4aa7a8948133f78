import { expect, test } from 'vitest'
import { type ServerPowers, type ServerState, serverPowers, serverStates } from './server-powers'

const allowed: [ServerState, (keyof ServerPowers)[]][] = [
  ['looking', []],
  ['missing', []],
  ['stopped', ['mayStart']],
  ['starting', ['mayStop']],
  ['ready', ['answers', 'runs', 'mayStop', 'mayRestart']],
  ['hung', ['runs', 'mayStop', 'mayRestart']],
  ['stopping', []],
  ['crashed', ['mayStart']],
  ['adopted', ['answers', 'runs']],
  ['foreign', []],
]

const namesOf = (powers: ServerPowers) =>
  Object.entries(powers)
    .filter(([, isAllowed]) => isAllowed)
    .map(([name]) => name)

test.each(allowed)('a server that is %s allows %j', (state, expected) => {
  expect(namesOf(serverPowers({ state, nextRestartAtMs: null }))).toEqual(expected)
})

test('no state is left out', () => expect(allowed.map(([state]) => state)).toEqual(serverStates))

test('a crash that is to be followed by a restart can be left at that', () => {
  expect(namesOf(serverPowers({ state: 'crashed', nextRestartAtMs: 1 }))).toEqual(['mayStart', 'mayStop'])
})
