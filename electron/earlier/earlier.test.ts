import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { ownModel } from '../../shared/backends/own'
import type { App } from '../app'
import { openApp } from '../app.testing'
import { closeDatabase, openDatabase } from '../platform/database'
import { JsonFile } from '../platform/json-file'
import { GpuHistory } from '../services/gpus/gpu-history'
import { gpuMigrations } from '../services/gpus/gpu-migrations'
import { SavedServerSettings } from '../services/ollama-server/server-settings'
import { windowPlaceForm } from '../shell/window-place'

/*
 * A data folder as the first version of Corral left it when it was killed: with an answer, a pull and a run under way,
 * beside chats with several answers to one question, thoughts, and answers that were cut, stopped and refused. What that
 * version itself read from it lies in as-read-then.json.
 */
const earlier = join(import.meta.dirname, '0.1.0')
const then = JSON.parse(
  readFileSync(join(earlier, 'as-read-then.json'), 'utf8'),
  (name, value) => (name === 'model' && typeof value === 'string' ? ownModel(value) : value), // there was no other backend
)
const silent = { info() {}, warn() {}, error() {} }

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-earlier-'))
  cpSync(earlier, folder, { recursive: true })
})
afterEach(() => {
  vi.useRealTimers()
  rmSync(folder, { recursive: true, force: true })
})

async function withApp(look: (app: App) => Promise<void>) {
  const app = await openApp(folder, { isDemo: false })
  try {
    await look(app)
  } finally {
    await app.close()
  }
}

async function firstOf<T>(values: AsyncIterable<T>): Promise<T> {
  for await (const value of values) return value
  throw new Error('nothing came')
}

async function everyChat({ services: { chats } }: App) {
  const { chats: list } = await firstOf(chats.watch('', undefined))
  const read = list.map(async ({ id }) => {
    const { isWhole: _, ...chat } = await firstOf(chats.watchChat(id, undefined))
    const ids = chat.turns.flatMap(({ question, answers }) => [question.id, ...answers.map((answer) => answer.id)])
    return { chat, texts: chats.readTexts(ids) }
  })
  return { list, chats: await Promise.all(read) }
}

test('every chat of the first version is there, with its texts, thoughts, figures and failures', async () => {
  await withApp(async (app) => {
    const { list, chats } = await everyChat(app)
    expect(list).toEqual(then.list)
    expect(chats).toEqual(then.chats)
    expect((await firstOf(app.services.chats.watch('显存', undefined))).chats).toHaveLength(1)
  })
})

test('every run of the first version is there, with its curve, its steps and its requests', async () => {
  await withApp(async ({ services: { bench } }) => {
    expect(bench.runs.current).toEqual(then.runList)
    for (const run of then.runs) {
      expect(bench.show(run.id)).toEqual(run)
      const requests = bench.showRequests(run.id)
      expect(requests.filter(({ phase }) => phase === 'measure')).toHaveLength(run.requestCount)
      expect(requests.flatMap(({ number, isInWindow }) => (isInWindow ? [number] : []))).toEqual(then.inWindow[run.id])
      expect(JSON.parse(bench.export(run.id).json)).toMatchObject({
        schema: 'corral.bench/1',
        hasEvents: true,
        run: { plan: { ...run.plan, model: run.plan.model.name, backendId: 'own' } },
      })
    }
  })
})

test('the queue, the settings and the choice of the simulator are as they were left', async () => {
  await withApp(async ({ services: { pulls, settings, serverSettings, server } }) => {
    // What that version did not tell: nobody has looked at the disk yet.
    const notTold = { keptBytes: null, trouble: null }
    expect(pulls.state.current).toEqual(then.pulls.map((pull: object) => ({ ...pull, ...notTold })))
    expect(settings.state.current.preferences).toEqual({ ...then.preferences, showsAdvanced: false })
    expect(serverSettings.saved.current).toEqual(then.serverSettings)
    expect(server.state.current.isSimulated).toBe(true)
  })
  expect(new SavedServerSettings(folder, false, silent).saved.current).toMatchObject({ port: 11600 })
  const place = new JsonFile(join(folder, 'desktop', 'window.json'), windowPlaceForm, silent)
  expect(place.value.bounds).toEqual({ x: 40, y: 60, width: 1100, height: 720 })
})

test('nothing was set aside, and all is there again at the next start', async () => {
  const read: unknown[] = []
  for (let start = 0; start < 2; start++) {
    await withApp(async (app) => {
      read.push([await everyChat(app), app.services.bench.runs.current, app.services.pulls.state.current])
    })
  }
  expect(read[1]).toEqual(read[0])
  expect(readdirSync(folder).filter((name) => name.includes('unreadable'))).toEqual([])
  expect(readdirSync(join(folder, 'logs'))).not.toContain('corral.log') // where whatever cannot be read is told of
})

test('the history of the cards is drawn as it was', () => {
  const database = openDatabase(join(folder, 'corral.db'), gpuMigrations)
  const kept = database
    .prepare('SELECT uuid, at_ms AS atMs, power_watts AS watts FROM gpu_history ORDER BY at_ms')
    .all()
  const points = kept as { uuid: string; atMs: number; watts: number }[]
  const nowMs = (points.at(-1)?.atMs ?? 0) + 10_000
  vi.useFakeTimers({ toFake: ['Date'], now: nowMs })
  const uuids = [...new Set(points.map(({ uuid }) => uuid))]
  const { cards } = new GpuHistory(database, silent).series(5, uuids, nowMs)
  expect(points.length).toBeGreaterThan(2)
  for (const { uuid, watts } of points) {
    expect(cards.find((card) => card.uuid === uuid)?.powerWatts).toContain(watts)
  }
  closeDatabase(database)
})
