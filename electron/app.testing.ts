import { resolve } from 'node:path'
import { createApp } from './app'
import { FileSecrets } from './platform/file-secrets'

/** A whole Corral on this data folder, of the web kind; what only a desktop can do is refused. */
export function openApp(dataFolder: string, { isDemo }: { isDemo: boolean }) {
  const refuse = () => Promise.reject(new Error('not in this test'))
  return createApp({
    paths: {
      dataFolder,
      bundleFolder: resolve(import.meta.dirname, '..', 'dist', 'electron'),
      pageFolder: dataFolder,
    },
    isDemo,
    openSecrets: (ground) => new FileSecrets(ground),
    host: {
      description: {
        kind: 'web',
        version: '0',
        platform: 'linux',
        canOpenFolders: false,
        canPickFiles: false,
        dataFolder,
        startedAtMs: Date.now(),
      },
      openFolder: refuse,
      pickFile: refuse,
    },
  })
}
