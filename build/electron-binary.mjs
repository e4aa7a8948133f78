import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

export const electronPackage = resolve(import.meta.dirname, '../node_modules/electron')

/** Electron's folder and executable where they are present, else null; nothing is fetched. */
export function findElectron() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH ?? join(electronPackage, 'dist')
  const file = join(folder, executableName())
  return existsSync(file) ? { folder, file } : null
}

function executableName() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

/** The version that package-lock.json pins. */
export function pinnedElectronVersion() {
  return String(JSON.parse(readFileSync(join(electronPackage, 'package.json'), 'utf8')).version)
}

/** Whether a window can be opened at all. */
export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** What gives a command a display: nothing where there is one, xvfb-run where that is installed, else null. */
export function displayWrapper() {
  if (hasDisplay()) return []
  if (spawnSync('which', ['xvfb-run']).status !== 0) return null
  // Without -noreset it starts anew whenever its last window is gone, and refuses the one that comes just then.
  return ['xvfb-run', '-a', '-s', '-screen 0 1280x1024x24 -noreset']
}

/** Chromium refuses to run as root with its sandbox on. */
export const isRoot = () => process.getuid?.() === 0
