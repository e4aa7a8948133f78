import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { runningServer } from '../shared/ollama/server-powers'
import { openApp } from './app.testing'
import { freePort } from './process/free-port.testing'
import { findProcess, listDescendants } from './process/process-list'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-app-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const open = () => openApp(folder, { isDemo: true })

/** The simulator's programs that run beneath this test. */
async function childrenOfApp() {
  return (await listDescendants(process.pid)).filter(({ command }) => command.includes('simulator'))
}

test('a part that cannot end keeps neither the server nor a card loop running, nor the folder taken', async () => {
  const app = await open()
  const { chats, gpus, server, serverSettings } = app.services
  serverSettings.save({ ...serverSettings.saved.current, port: await freePort() })
  await server.start()
  const pid = runningServer(server.state.current)?.pid
  await gpus.state.until(({ cards }) => cards.length > 0, AbortSignal.timeout(20_000))
  expect(await childrenOfApp()).not.toEqual([])
  vi.spyOn(chats, 'close').mockRejectedValue(new Error('database or disk is full'))
  await app.close()
  expect(await findProcess(pid ?? -1)).toBeNull()
  expect(await childrenOfApp()).toEqual([])
  await (await open()).close()
})

test('an opening that fails half-way closes what was open, but not a server that ran before it', async () => {
  const app = await open()
  const { server, serverSettings } = app.services
  serverSettings.save({ ...serverSettings.saved.current, port: await freePort() })
  await server.start()
  const pid = runningServer(server.state.current)?.pid
  await app.close({ leaveServer: true })

  renameTable('chat', 'elsewhere')
  await expect(open()).rejects.toThrow('no such table: chat')
  expect((await childrenOfApp()).filter((child) => child.pid !== pid)).toEqual([])
  expect(await findProcess(pid ?? -1)).not.toBeNull()

  renameTable('elsewhere', 'chat')
  await (await open()).close()
  expect(await findProcess(pid ?? -1)).toBeNull()
})

/** A database that lacks a table is what the parts stumble over that are opened late. */
function renameTable(from: string, to: string) {
  const database = new Libsql(join(folder, 'corral.db'))
  database.exec(`ALTER TABLE ${from} RENAME TO ${to}`)
  database.close()
}
