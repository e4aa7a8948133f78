import { join, resolve } from 'node:path'
import { app, type BrowserWindow, dialog, session } from 'electron'
import { version } from '../package.json'
import { createApp } from './app'
import { help, type LaunchOptions, parseLaunchOptions } from './launch-options'
import { JsonFile } from './platform/json-file'
import { usualDataFolder } from './platform/paths'
import { startFailureText } from './platform/start-failure'
import { followPreferences } from './shell/appearance'
import { desktopHost } from './shell/desktop-host'
import { guardAllPages, guardSession } from './shell/guard'
import { ownArguments } from './shell/own-arguments'
import { servePagePorts } from './shell/page-port'
import { registerPageScheme, servePage } from './shell/page-protocol'
import { Quitting } from './shell/quit'
import { openSafeSecrets } from './shell/safe-secrets'
import { textsFor } from './shell/texts'
import { openWindow } from './shell/window'
import { windowPlaceForm } from './shell/window-place'

/** The desktop host: the services behind a window. */
function main() {
  const options = parseLaunchOptions(ownArguments(process.argv, app.isPackaged))
  if (options.isHelp) {
    process.stdout.write(help)
    return app.exit(0)
  }
  const dataFolder = resolve(options.dataFolder ?? join(usualDataFolder(), options.isDemo ? 'demo' : ''))
  // Chromium's own files lie in there too, so that each data folder has its own single instance.
  app.setPath('userData', join(dataFolder, 'desktop'))
  if (!app.requestSingleInstanceLock()) return app.exit(0)
  registerPageScheme()
  guardAllPages()
  start(dataFolder, options).catch(tellAndExit)
}

async function start(dataFolder: string, { isDemo }: LaunchOptions) {
  const bundleFolder = __dirname
  const pageFolder = join(bundleFolder, '..', 'page')
  let window: BrowserWindow | null = null
  const currentWindow = () => window
  const host = desktopHost({ version, dataFolder }, currentWindow)
  const [services] = await Promise.all([
    createApp({ paths: { dataFolder, bundleFolder, pageFolder }, isDemo, host, openSecrets: openSafeSecrets }),
    app.whenReady(),
  ])
  const { logger, router } = services
  const { settings } = services.services
  const place = new JsonFile(join(dataFolder, 'desktop', 'window.json'), windowPlaceForm, logger)
  const texts = () => textsFor(settings.state.current.preferences.language, app.getLocale())
  const quitting = new Quitting({ services, window: currentWindow, texts, logger })

  const show = () => {
    if (window) {
      if (window.isMinimized()) window.restore()
      return window.focus()
    }
    window = openWindow(bundleFolder, place)
    window.on('closed', () => {
      window = null
    })
    quitting.watch(window)
  }
  guardSession(session.defaultSession)
  servePage(pageFolder)
  servePagePorts(currentWindow, router, logger)
  void followPreferences(settings, dataFolder)
  app.on('second-instance', show)
  app.on('activate', show)
  app.on('window-all-closed', () => {}) // macOS goes on without a window; elsewhere closing it is quitting
  show()
}

function tellAndExit(error: unknown) {
  const texts = textsFor('system', app.getLocale())
  const text = startFailureText(error, app.getLocale())
  console.error(text)
  if (app.isReady()) dialog.showErrorBox(texts.cannotStart, text)
  app.exit(1)
}

try {
  main()
} catch (error) {
  tellAndExit(error)
}
