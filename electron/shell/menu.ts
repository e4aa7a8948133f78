import { app, Menu, type MenuItemConstructorOptions, shell } from 'electron'
import type { Texts } from './texts'

/** The menu: what a system expects of a program; everything of Corral's own is in the page. */
export function showMenu(texts: Texts, dataFolder: string): void {
  const isMac = process.platform === 'darwin'
  const file: MenuItemConstructorOptions[] = [
    { label: texts.openDataFolder, click: () => void shell.openPath(dataFolder) },
    { type: 'separator' },
    isMac ? { role: 'close' } : { label: texts.quit, accelerator: 'CmdOrCtrl+Q', click: () => app.quit() },
  ]
  const developing: MenuItemConstructorOptions[] = app.isPackaged
    ? []
    : [{ role: 'reload' }, { role: 'toggleDevTools' }, { type: 'separator' }]
  const view: MenuItemConstructorOptions[] = [
    ...developing,
    { role: 'resetZoom' },
    { role: 'zoomIn' },
    { role: 'zoomOut' },
    { type: 'separator' },
    { role: 'togglefullscreen' },
  ]
  const template: MenuItemConstructorOptions[] = [
    ...(isMac ? [{ role: 'appMenu' } as const] : []),
    { label: texts.file, submenu: file },
    { label: texts.edit, role: 'editMenu' },
    { label: texts.view, submenu: view },
    { label: texts.window, role: 'windowMenu' },
  ]
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
