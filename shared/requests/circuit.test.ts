import { expect, test } from 'vitest'
import { Circuit } from './circuit'

test('five failures in a row close it for 30 s, then one asks and the others wait for that answer', () => {
  const circuit = new Circuit()
  for (let time = 0; time < 4; time += 1) circuit.failed('relayFailed', time)
  expect(circuit.stateAt(4)).toBeNull()
  circuit.failed('firstTokenTimeout', 5)
  expect(circuit.stateAt(6)).toEqual({ untilMs: 30_005, code: 'firstTokenTimeout' })
  expect(circuit.stateAt(30_005)).toBeNull()
  expect(circuit.stateAt(30_006)).not.toBeNull()
  circuit.succeeded()
  expect(circuit.stateAt(30_007)).toBeNull()
})

test('a probe that fails closes it again at once', () => {
  const circuit = new Circuit()
  for (let time = 0; time < 5; time += 1) circuit.failed('cannotConnect', 0)
  expect(circuit.stateAt(30_000)).toBeNull()
  circuit.failed('cannotConnect', 30_100)
  expect(circuit.stateAt(60_000)?.untilMs).toBe(60_100)
})

test('a 429 counts for as long as it told, no credit for a quarter of an hour or until it is asked anyway', () => {
  const circuit = new Circuit()
  circuit.failed('rateLimited', 0, 7000)
  expect([circuit.stateAt(6999)?.untilMs, circuit.stateAt(7000)]).toEqual([7000, null])
  circuit.failed('rateLimited', 8000)
  expect(circuit.stateAt(8001)?.untilMs).toBe(38_000)
  circuit.failed('outOfCredit', 40_000)
  expect(circuit.stateAt(40_001)?.untilMs).toBe(940_000)
  circuit.close()
  expect(circuit.stateAt(40_002)).toBeNull()
})

test("a question's own fault says nothing of the backend", () => {
  const circuit = new Circuit()
  for (let time = 0; time < 20; time += 1) circuit.failed('contextTooLong', time)
  expect(circuit.stateAt(21)).toBeNull()
})
