import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, type Page } from '@playwright/test'
import { findElectron, hasDisplay } from '../../build/electron-binary.mjs'
import { test } from '../corral'
import { CorralUnderTest } from '../corral-under-test'
import { DesktopHost } from '../desktop-host'
import { Figures } from './figures'

const rounds = 7
const pageFolder = resolve(import.meta.dirname, '../../dist/page')

/** The rail is there, and the strip tells the state of the server and both cards. */
const isUsable = async (page: Page) => {
  await expect(page.getByRole('navigation').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Status' }).getByText(/\/24.* \d+ W/)).toHaveCount(2)
}

test('from the start to a usable page', async ({ corral }) => {
  test.setTimeout(300_000)
  const figures = new Figures('Start')
  // A host that ends at once takes back what its page was still fetching.
  corral.expectedPageError = /dynamically imported module/
  const webMs = await startsOf(corral)
  figures.add('web host, start to usable page', webMs, 'ms', { atMost: 2000 })

  const electron = hasDisplay() ? findElectron() : null
  const notes = [`each start on a data folder that has been used once; the system's file cache is warm`]
  if (electron) {
    const desktop = new CorralUnderTest({}, new DesktopHost(electron.file))
    await desktop.start()
    figures.add('desktop host, start to usable page', await startsOf(desktop), 'ms', { atMost: 2000 })
    await desktop.end()
  } else notes.push('desktop: no Electron or no display here')

  const loaded = await scriptsOfFirstLoad(corral)
  const sizes = await Promise.all(
    loaded.map(async (name) => gzipSync(await readFile(resolve(pageFolder, name))).length),
  )
  const kilobytes = sizes.reduce((sum, size) => sum + size, 0) / 1000
  figures.add(`script of the first load, gzip (${loaded.length} files)`, [kilobytes], 'KB', { atMost: 350 })
  figures.print(notes)
})

async function startsOf(corral: CorralUnderTest): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    await corral.stop()
    const startedAtMs = performance.now()
    const page = await corral.start()
    await isUsable(page)
    times.push(performance.now() - startedAtMs)
  }
  return times
}

async function scriptsOfFirstLoad(corral: CorralUnderTest): Promise<string[]> {
  await isUsable(corral.page)
  return corral.page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .map(({ name }) => new URL(name).pathname.slice(1))
      .filter((name) => name.endsWith('.js')),
  )
}
