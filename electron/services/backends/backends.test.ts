import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { Failure } from '../../../shared/failure'
import { type Database, openDatabase } from '../../platform/database'
import { redact } from '../../platform/redact'
import { Standstills } from '../../platform/standstills'
import { Watched } from '../../platform/watched'
import type { ServerAddress } from '../../wire/server-address'
import { Sockets } from '../../wire/sockets'
import { Bench } from '../bench/bench'
import { benchMigrations } from '../bench/migrations'
import { chatMigrations } from '../chats/chat-migrations'
import { Chats } from '../chats/chats'
import { Models } from '../models/models'
import { pullMigrations } from '../pulls/pull-migrations'
import { Pulls } from '../pulls/pulls'
import { listBackends } from './backends'

const silent = { info() {}, warn() {}, error() {} }
const address = { baseUrl: 'http://127.0.0.1:1', version: null, isSimulated: false }
const elsewhere = { backendId: 'elsewhere', name: 'tiny' }

let folder: string
let database: Database
const sockets = new Sockets()
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-backends-'))
  database = openDatabase(join(folder, 'corral.db'), [...chatMigrations, ...benchMigrations, ...pullMigrations])
})
afterEach(async () => {
  await sockets.close()
  database.close()
  rmSync(folder, { recursive: true })
})

test('the server that Corral runs is always in the list, and answers in the moment it does', () => {
  const own = new Watched<ServerAddress>(null)
  const backends = listBackends(own)
  expect(backends.current).toEqual([{ id: 'own', kind: 'ollama', address: null }])
  own.set(address)
  expect(backends.current).toEqual([{ id: 'own', kind: 'ollama', address }])
})

test('a model at a backend that is not there is refused by everything that asks one', async () => {
  const needs = {
    backends: listBackends(new Watched<ServerAddress>(address)),
    sockets,
    database,
    logger: silent,
    redact,
  }
  const chats = new Chats({
    ...needs,
    isLoaded: () => null,
    contextOf: async () => null,
    said: { place: () => 0, after: () => [] },
    standstills: new Standstills(),
  })
  const pulls = new Pulls({ ...needs, onPulled() {}, modelsFolder: () => null, tell() {} })
  const models = new Models({ ...needs, runners: async () => [], cardMemory: () => [] })
  const bench = new Bench({ ...needs, bundleFolder: folder })
  const plan = { model: elsewhere, promptTokens: 64, answerTokens: 16, concurrency: [1], contextLength: 2048 }
  const refused = new Failure('backendNotFound', 'elsewhere')

  expect(() => chats.send(chats.create(elsewhere).id, 'Hello')).toThrow(refused)
  for (const act of ['add', 'cancel', 'dismiss'] as const) expect(() => pulls[act](elsewhere), act).toThrow(refused)
  for (const act of ['show', 'load', 'unload', 'remove'] as const) {
    await expect(models[act](elsewhere), act).rejects.toThrow(refused)
  }
  await expect(bench.start({ ...plan, preset: 'quick' })).rejects.toThrow(refused)
  expect(pulls.state.current).toEqual([])
  expect(() => pulls.add(ownModel('tiny'))).not.toThrow()

  await chats.close()
  await pulls.close()
  await models.close()
  await bench.close()
})
