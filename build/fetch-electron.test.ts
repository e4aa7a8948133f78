import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { fetchElectron } from './fetch-electron.mjs'

const closers: (() => unknown)[] = []
afterEach(async () => {
  vi.unstubAllEnvs()
  vi.restoreAllMocks()
  for (const close of closers.splice(0)) await close()
})

/** A mirror of Electron's releases that answers as it is told, and what was asked of it and said to the user. */
async function mirror(answer: RequestListener) {
  const asked: string[] = []
  const server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cache = mkdtempSync(join(tmpdir(), 'electron-cache-'))
  closers.push(() => {
    rmSync(cache, { recursive: true })
    server.closeAllConnections()
    server.close()
    return once(server, 'close')
  })
  vi.stubEnv('ELECTRON_MIRROR', `http://127.0.0.1:${(server.address() as AddressInfo).port}/mirror/`)
  vi.stubEnv('electron_config_cache', cache)
  const said: string[] = []
  vi.spyOn(console, 'log').mockImplementation((line) => said.push(line))
  vi.spyOn(process.stdout, 'write').mockImplementation((line) => said.push(String(line)) > 0)
  return { asked, said }
}

test('a source that takes the question and never answers is given up', async () => {
  const { asked, said } = await mirror(() => {})
  await expect(fetchElectron(1500)).rejects.toThrow('no answer')
  expect(asked[0]).toMatch(/^\/mirror\/v?[\d.]+\/electron-v[\d.]+-/)
  expect(said[0]).toMatch(/^Fetching Electron [\d.]+, once/)
})

test('a source that falls silent on the way is given up', async () => {
  const { said } = await mirror((_, response) => {
    response.writeHead(200, { 'Content-Length': 100e6 })
    response.write(Buffer.alloc(40e6))
  })
  await expect(fetchElectron(1500)).rejects.toThrow('no answer')
  expect(said.join('')).toContain('of 100 MB')
})

test('a download that is not what was published is refused', async () => {
  await mirror((_, response) => response.end('something else'))
  await expect(fetchElectron()).rejects.toThrow(/checksum/i)
})

test('a source without it is told', async () => {
  await mirror((_, response) => response.writeHead(404).end())
  await expect(fetchElectron()).rejects.toThrow('404')
})
