import { join } from 'node:path'
import { BrowserWindow, nativeTheme, screen } from 'electron'
import { pageUrl } from './page-file'
import { placeWindow, smallest, type WindowPlaceFile } from './window-place'

const calmAfterCrashMs = 10_000

/** Opens the window where it was left, and remembers where it is left. */
export function openWindow(bundleFolder: string, place: WindowPlaceFile): BrowserWindow {
  const { bounds, isMaximised } = place.value
  const mainScreen = screen.getPrimaryDisplay()
  const others = screen.getAllDisplays().filter(({ id }) => id !== mainScreen.id)
  const window = new BrowserWindow({
    ...placeWindow(
      bounds,
      [mainScreen, ...others].map(({ workArea }) => workArea),
    ),
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Corral',
    show: false,
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#0e1113' : '#f6f7f8',
    webPreferences: {
      preload: join(bundleFolder, 'preload.cjs'),
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webviewTag: false,
      spellcheck: false, // it would fetch dictionaries from the network
    },
  })
  window.once('ready-to-show', () => {
    if (isMaximised) window.maximize()
    window.show()
  })
  window.on('close', () => {
    try {
      place.write({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() })
    } catch {
      // A full disk: the window opens where it was before.
    }
  })
  reloadAfterCrash(window)
  void window.loadURL(pageUrl)
  return window
}

/** A page that crashed is opened anew; one that crashes at once again is left, so that nothing runs in circles. */
function reloadAfterCrash(window: BrowserWindow) {
  let crashedAtMs = 0
  window.webContents.on('render-process-gone', (_, { reason }) => {
    const isFirst = Date.now() - crashedAtMs > calmAfterCrashMs
    crashedAtMs = Date.now()
    if (reason !== 'clean-exit' && isFirst) window.webContents.reload()
  })
}
