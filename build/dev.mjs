import { spawn } from 'node:child_process'
import { watch } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'vite'
import { buildBundles } from './bundles.mjs'

const root = resolve(import.meta.dirname, '..')
const settleMs = 300

/** The web host with the simulator, built anew whenever a source changes; a change of the privileged side restarts it. */
const page = await build({ configFile: resolve(import.meta.dirname, 'vite.page.ts'), build: { watch: {} } })
await buildBundles()
let host = startHost()

/** @type {NodeJS.Timeout | undefined} */
let settling
const watchers = ['electron', 'shared'].map((folder) =>
  watch(resolve(root, folder), { recursive: true }, () => {
    clearTimeout(settling)
    settling = setTimeout(restart, settleMs)
  }),
)

function startHost() {
  const script = resolve(root, 'dist/electron/headless.cjs')
  return spawn(process.execPath, [script, '--demo', ...process.argv.slice(2)], { stdio: 'inherit' })
}

async function restart() {
  host.kill('SIGTERM')
  await new Promise((done) => host.once('exit', done))
  await buildBundles()
  host = startHost()
}

process.on('SIGINT', async () => {
  for (const watcher of watchers) watcher.close()
  if (!Array.isArray(page) && 'close' in page) await page.close()
  host.kill('SIGTERM')
  host.once('exit', () => process.exit(0))
})
