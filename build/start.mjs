import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { findElectron, hasDisplay, isRoot } from './electron-binary.mjs'
import { fetchElectron } from './fetch-electron.mjs'
import { ensureBuilt, isBuilt } from './fresh.mjs'

const root = resolve(import.meta.dirname, '..')
const webHost = resolve(root, 'dist/electron/headless.cjs')
const diedEarlyMs = 5000

const commandArguments = process.argv.slice(2)
const wants = (/** @type {string} */ option) =>
  commandArguments.some((argument) => argument === option || argument.startsWith(`${option}=`))

/** Opens Corral as a window where that can be, else as the web host; its exit code is ours. */
async function start() {
  if (wants('--help')) return printHelp()
  if (!isBuilt()) console.log('Building Corral …')
  await ensureBuilt()
  const electron = await chooseElectron()
  if (!electron) return run(process.execPath, [webHost, ...commandArguments])

  if (isRoot() && process.platform === 'linux') console.log("As root, Electron runs without Chromium's sandbox.")
  const startedAtMs = Date.now()
  const sandbox = isRoot() && process.platform === 'linux' ? ['--no-sandbox'] : []
  const end = await run(electron.file, [...sandbox, root, ...commandArguments])
  const couldNotStart = end.code === 127 || (end.signal !== null && !wasSignalled)
  if (!couldNotStart || Date.now() - startedAtMs > diedEarlyMs) return end
  console.log('Electron does not run on this machine (see above). Corral goes to the browser instead.')
  return run(process.execPath, [webHost, ...commandArguments])
}

/** Without a build, which takes half a minute. */
function printHelp() {
  const { lines } = JSON.parse(readFileSync(resolve(root, 'electron/help.json'), 'utf8'))
  console.log(lines.join('\n'))
  return { code: 0, signal: null }
}

/** Electron, or null and a word why the web host is started in its place. */
async function chooseElectron() {
  if (wants('--web') || wants('--bind')) return null
  if (!hasDisplay()) {
    console.log('No display here: Corral is served to a browser.')
    return null
  }
  const found = findElectron()
  if (found) return found
  try {
    return await fetchElectron()
  } catch (error) {
    console.log(`Electron could not be fetched: ${reasonOf(error)}. Corral goes to the browser instead.`)
    console.log('ELECTRON_MIRROR names another source; npm start tries again.')
    return null
  }
}

/** @param {unknown} error */
function reasonOf(error) {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? `${error.message}, ${error.cause.message}` : error.message
}

let wasSignalled = false

/**
 * Runs it to its end. A signal for us is for it, and it takes the time it needs.
 * @param {string} file
 * @param {string[]} programArguments
 * @returns {Promise<{ code: number | null, signal: NodeJS.Signals | null }>}
 */
async function run(file, programArguments) {
  const child = spawn(file, programArguments, { stdio: 'inherit' })
  /** @param {NodeJS.Signals} signal */
  const pass = (signal) => {
    wasSignalled = true
    child.kill(signal)
  }
  /** @type {NodeJS.Signals[]} */
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP']
  for (const signal of signals) process.on(signal, pass)
  try {
    const [code, signal] = await once(child, 'exit')
    return { code, signal }
  } finally {
    for (const signal of signals) process.off(signal, pass)
  }
}

const { code } = await start()
process.exitCode = code ?? 1
