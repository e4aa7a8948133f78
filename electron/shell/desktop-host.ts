import { type BrowserWindow, dialog, shell } from 'electron'
import type { HostDescription } from '../../shared/contract/host'
import type { Host } from '../host'
import { platformName } from '../platform/platform-name'

type Facts = Pick<HostDescription, 'version' | 'dataFolder'>

/** What the desktop can do that a browser cannot. */
export function desktopHost({ version, dataFolder }: Facts, currentWindow: () => BrowserWindow | null): Host {
  return {
    description: {
      kind: 'desktop',
      version,
      platform: platformName(),
      canOpenFolders: true,
      canPickFiles: true,
      dataFolder,
      startedAtMs: Date.now(),
    },
    async openFolder(folder) {
      const problem = await shell.openPath(folder)
      if (problem) throw new Error(`${folder} could not be opened: ${problem}`)
    },
    async pickFile(title) {
      const window = currentWindow()
      const options = { title, properties: ['openFile' as const] }
      const { filePaths } = await (window ? dialog.showOpenDialog(window, options) : dialog.showOpenDialog(options))
      return filePaths[0] ?? null
    },
  }
}
