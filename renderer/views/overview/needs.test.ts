import { expect, test } from 'vitest'
import type { Gpus } from '../../../shared/contract/gpus'
import type { LoadedModel } from '../../../shared/contract/models'
import type { Server } from '../../../shared/contract/server'
import { findNeeds } from './needs'

const facts = {
  server: { state: 'ready', restartDue: false } as Server,
  gpus: { cards: [{ index: 0, lostReason: null }] } as unknown as Gpus,
  pulls: [],
  inForce: [],
}
const model = { name: 'llama3.3:70b', sizeBytes: 1000, vramBytes: 750 } as LoadedModel

test('a model that is not wholly on the cards needs somebody', () => {
  const needs = findNeeds({ ...facts, loaded: [model, { ...model, name: 'small', vramBytes: 1000 }] })
  expect(needs).toMatchObject([{ kind: 'mainMemory', values: { model: 'llama3.3:70b', percent: 25 } }])
})

test('a server that ended unseen is not said to have crashed', () => {
  const crashed = (exit: object) =>
    findNeeds({ ...facts, loaded: [], server: { ...facts.server, state: 'crashed', exit } as Server })
  expect(crashed({ code: 2, signal: null, reason: 'panic' })).toMatchObject([{ kind: 'crashed', values: { code: 2 } }])
  expect(crashed({ code: null, signal: null, reason: 'unseen' })).toMatchObject([{ kind: 'ended' }])
})

test('a server that has come back is news for an hour', () => {
  const exit = { code: null, signal: 'SIGKILL', reason: 'killed', atMs: 1_000_000 }
  const at = (nowMs: number) => findNeeds({ ...facts, loaded: [], server: { ...facts.server, exit } as Server }, nowMs)
  expect(at(1_010_000)).toMatchObject([{ kind: 'cameBackCrashed', tone: 'caution' }])
  expect(at(1_000_000 + 3_700_000)).toEqual([])
})

test('F38: what the server screen calls a crash is none less on the overview', () => {
  const of = (exit: object) =>
    findNeeds({ ...facts, loaded: [], server: { ...facts.server, exit: { atMs: 0, ...exit } } as Server }, 1)
  expect(of({ code: null, signal: 'SIGSEGV', reason: 'native-crash' })).toMatchObject([{ kind: 'cameBackCrashed' }])
  expect(of({ code: 2, signal: null, reason: 'panic' })).toMatchObject([{ kind: 'cameBackCrashed' }])
  expect(of({ code: null, signal: null, reason: 'unseen' })).toMatchObject([{ kind: 'cameBack' }])
})

test('a machine without cards is not told so of each model', () => {
  expect(findNeeds({ ...facts, gpus: null, loaded: [{ ...model, vramBytes: 0 }] })).toEqual([])
})
