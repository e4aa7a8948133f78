import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { findElectron, hasDisplay, isRoot, pinnedElectronVersion } from './electron-binary.mjs'
import { ensureBuilt, isBuilt } from './fresh.mjs'

const root = resolve(import.meta.dirname, '..')
const commandArguments = process.argv.slice(2)
const wantsWeb = commandArguments.some((argument) => /^--(web|help|bind)(=|$)/.test(argument))
const probeMs = 5000
const fetchMs = 600_000

/** Builds when it must, then opens Corral: a window where Electron can be had, else the web host. */
async function start() {
  if (!isBuilt()) console.log('Building Corral …')
  await ensureBuilt()
  const electron = wantsWeb || !hasDisplay() ? null : (findElectron() ?? (await fetchElectron()))
  if (electron) {
    const sandbox = isRoot() && process.platform === 'linux' ? ['--no-sandbox'] : []
    return run(electron.file, [...sandbox, root, ...commandArguments])
  }
  if (!wantsWeb && !hasDisplay()) console.log('There is no display here, so Corral is served to a browser.')
  return run(process.execPath, [resolve(root, 'dist/electron/headless.cjs'), ...commandArguments])
}

/** Fetches Electron's binary, once. An address that does not answer is noticed within seconds. */
async function fetchElectron() {
  const mirror = process.env.ELECTRON_MIRROR ?? 'https://github.com/electron/electron/releases/download/'
  console.log(`Fetching Electron ${pinnedElectronVersion()} from ${mirror}, once …`)
  const answers = await fetch(mirror, { method: 'HEAD', signal: AbortSignal.timeout(probeMs) }).then(
    () => true,
    () => false,
  )
  if (!answers) {
    console.log(
      'It does not answer, so Corral is served to a browser. ELECTRON_MIRROR names another place to fetch from.',
    )
    return null
  }
  const code = await new Promise((done) => {
    const installer = spawn(process.execPath, [resolve(root, 'node_modules/electron/install.js')], {
      stdio: 'inherit',
      timeout: fetchMs,
    })
    installer.on('exit', done)
    installer.on('error', () => done(1))
  })
  const electron = code === 0 ? findElectron() : null
  if (electron) return electron
  rmSync(resolve(root, 'node_modules/electron/dist'), { recursive: true, force: true })
  console.log('Electron could not be fetched, so Corral is served to a browser.')
  return null
}

/**
 * Runs the host in the foreground; what ends us ends it, and its exit is ours.
 * @param {string} file
 * @param {string[]} hostArguments
 */
function run(file, hostArguments) {
  const host = spawn(file, hostArguments, { stdio: 'inherit' })
  for (const signal of /** @type {const} */ (['SIGINT', 'SIGTERM', 'SIGHUP'])) {
    // A terminal's Ctrl-C reaches the host by itself; a second one from us does it no harm.
    process.on(signal, () => host.kill(signal))
  }
  host.on('error', (error) => {
    console.error(error.message)
    process.exit(1)
  })
  host.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)))
}

await start()
