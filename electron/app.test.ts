import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createApp } from './app'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corral-app-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function open() {
  const refuse = () => Promise.reject(new Error('not in this test'))
  const description = {
    kind: 'web' as const,
    version: '0',
    platform: 'linux' as const,
    canOpenFolders: false,
    canPickFiles: false,
    dataFolder: folder,
    startedAtMs: Date.now(),
  }
  const bundleFolder = resolve(import.meta.dirname, '..', 'dist', 'electron')
  return createApp({
    paths: { dataFolder: folder, bundleFolder, pageFolder: folder },
    isDemo: true,
    host: { description, openFolder: refuse, pickFile: refuse },
  })
}

test('a part that cannot end keeps neither the server running nor the folder taken', async () => {
  const app = await open()
  const { chats, server } = app.services
  vi.spyOn(chats, 'close').mockRejectedValue(new Error('database or disk is full'))
  const closeServer = vi.spyOn(server, 'close')
  await app.close()
  expect(closeServer).toHaveBeenCalledOnce()
  await (await open()).close()
})
