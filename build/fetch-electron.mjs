import { spawnSync } from 'node:child_process'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { electronPackage, findElectron, pinnedElectronVersion } from './electron-binary.mjs'

const megabyte = 1e6

/**
 * Fetches the pinned Electron into node_modules, once, and says how far it is. A source that stays silent is given up
 * within seconds. Throws with the reason.
 */
export async function fetchElectron(patienceMs = 7000) {
  const version = pinnedElectronVersion()
  console.log(`Fetching Electron ${version}, once …`)
  const progress = showProgress()
  const silence = new AbortController()
  const giveUp = () => silence.abort(new Error(`no answer for ${patienceMs / 1000} s`))
  let timer = setTimeout(giveUp, patienceMs)
  try {
    await download(version, silence.signal, (transferredBytes, totalBytes) => {
      clearTimeout(timer)
      timer = setTimeout(giveUp, patienceMs)
      progress(transferredBytes, totalBytes)
    })
  } finally {
    clearTimeout(timer)
  }
  // Takes what was fetched from its cache, checks it again and unpacks it.
  const { status } = spawnSync(process.execPath, [join(electronPackage, 'install.js')], { stdio: 'inherit' })
  const electron = status === 0 ? findElectron() : null
  if (!electron) throw new Error('it could not be unpacked')
  return electron
}

/**
 * By Electron's own downloader, which knows the mirror's variables and the checksums.
 * @param {string} version
 * @param {AbortSignal} signal
 * @param {(transferredBytes: number, totalBytes: number | null) => void} onProgress
 */
async function download(version, signal, onProgress) {
  const require = createRequire(join(electronPackage, 'package.json'))
  const { downloadArtifact } = await import(pathToFileURL(require.resolve('@electron/get')).href)
  await downloadArtifact({
    version,
    artifactName: 'electron',
    platform: process.platform,
    arch: process.arch,
    cacheRoot: process.env.electron_config_cache,
    checksums: require('./checksums.json'),
    downloadOptions: {
      signal,
      quiet: true,
      /** @param {{ transferred: number, total: number | null }} now */
      getProgressCallback: ({ transferred, total }) => onProgress(transferred, total),
    },
  })
}

/** One line that moves on a terminal, a line every tenth elsewhere. */
function showProgress() {
  let told = -1
  /** @param {number} transferredBytes @param {number | null} totalBytes */
  return (transferredBytes, totalBytes) => {
    if (!totalBytes) return
    const percent = Math.floor((100 * transferredBytes) / totalBytes)
    const step = process.stdout.isTTY ? percent : Math.floor(percent / 10) * 10
    if (step === told) return
    told = step
    const line = `  ${Math.round(transferredBytes / megabyte)} of ${Math.round(totalBytes / megabyte)} MB`
    process.stdout.write(process.stdout.isTTY ? `\r${line}${percent === 100 ? '\n' : ''}` : `${line}\n`)
  }
}
