import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createServer } from 'vite'
import { watchBundles } from './bundles.mjs'
import { forwardSockets } from './dev-socket.mjs'

const program = resolve(import.meta.dirname, '../dist/electron/headless.cjs')
const hostArguments = ['--no-open', '--port', '0', ...process.argv.slice(2)]

/** @type {import('node:child_process').ChildProcess | null} */
let host = null
let hostUrl = new URL('http://127.0.0.1:9')
let restarting = Promise.resolve()

/** Starts the web host, and anew after a change of its code. */
async function restartHost() {
  await stopHost()
  const started = spawn(process.execPath, [program, ...hostArguments], { stdio: ['ignore', 'pipe', 'inherit'] })
  started.stdout.on('data', (chunk) => {
    const url = /ready at (\S+)/.exec(String(chunk))?.[1]
    if (url) hostUrl = new URL(url)
  })
  host = started
}

async function stopHost() {
  if (!host || host.exitCode !== null || host.signalCode !== null) return
  const ended = once(host, 'exit')
  host.kill('SIGTERM')
  await ended
}

const watchers = await watchBundles(() => {
  restarting = restarting.then(restartHost)
})
const page = await createServer({
  configFile: resolve(import.meta.dirname, 'vite.page.ts'),
  server: { host: '127.0.0.1' },
})
const token = randomBytes(32).toString('base64url')
if (page.httpServer) forwardSockets(/** @type {import('node:http').Server} */ (page.httpServer), token, () => hostUrl)
await page.listen()
console.log(`Corral is ready for changes at ${page.resolvedUrls?.local[0]}#token=${token}`)

/** @type {NodeJS.Signals[]} */
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
for (const signal of signals) {
  process.once(signal, async () => {
    await Promise.all([page.close(), ...watchers.map((watcher) => watcher.close())])
    await restarting
    await stopHost()
    process.exit(0)
  })
}
