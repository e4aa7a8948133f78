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

/** Chromium refuses to run as root with its sandbox on. */
export const isRoot = () => process.getuid?.() === 0
