import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { pinnedElectronVersion } from './electron-binary.mjs'
import { setFuses } from './fuses.mjs'

/**
 * What is packed: the entry files, and nothing beside them.
 * @param {string} electronFolder
 * @param {string} output
 * @returns {import('electron-builder').Configuration}
 */
export function packageConfiguration(electronFolder, output) {
  return {
    appId: 'app.corral.desktop',
    productName: 'Corral',
    copyright: 'The Corral founders',
    directories: { output, buildResources: 'build/icons' },
    electronDist: electronFolder,
    electronVersion: versionOf(electronFolder),
    // The dependencies are inside the bundles; libsql alone stays outside, with its native part beside the archive.
    files: ['dist/electron/**', 'dist/page/**', 'package.json', '!**/*.{md,d.ts,map}', '!**/@libsql/*-musl/**'],
    asar: true,
    asarUnpack: ['**/*.node'],
    npmRebuild: false,
    electronLanguages: ['en-US', 'zh-CN'],
    afterPack: ({ appOutDir, packager, electronPlatformName }) => {
      const { productFilename } = packager.appInfo
      const names = { darwin: `${productFilename}.app`, win32: `${productFilename}.exe` }
      const name =
        electronPlatformName === 'darwin' || electronPlatformName === 'win32' ? names[electronPlatformName] : 'corral'
      return setFuses(join(appOutDir, name))
    },
    linux: { executableName: 'corral', target: ['AppImage', 'tar.gz'], category: 'Development', icon: 'icon.png' },
    mac: { target: ['dmg', 'zip'], category: 'public.app-category.developer-tools', icon: 'icon.png' },
    win: { target: ['nsis'], icon: 'icon.png' },
  }
}

/** @param {string} folder */
function versionOf(folder) {
  const file = join(folder, 'version')
  return existsSync(file) ? readFileSync(file, 'utf8').trim().replace(/^v/, '') : pinnedElectronVersion()
}
