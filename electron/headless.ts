import { join, resolve } from 'node:path'
import { version } from '../package.json'
import { Failure } from '../shared/failure'
import { createApp } from './app'
import { help, parseLaunchOptions } from './launch-options'
import { FileSecrets } from './platform/file-secrets'
import { isLoopback, isUnspecified } from './platform/loopback'
import { usualDataFolder } from './platform/paths'
import { platformName } from './platform/platform-name'
import { isChinese } from './platform/spoken-language'
import { startFailureText } from './platform/start-failure'
import { keptToken } from './web/kept-token'
import { openBrowser } from './web/open-browser'
import { startWebHost } from './web/web-host'

/** As the desktop asks Electron for it. */
const systemLanguage = Intl.DateTimeFormat().resolvedOptions().locale

const portTaken = (port: number) =>
  isChinese(systemLanguage)
    ? `端口 ${port} 被占用。请用 --port 另选一个，或用 --port 0 自动选择。`
    : `Port ${port} is taken. Choose another with --port, or --port 0 for a free one.`

/** The web host: the services behind a loopback HTTP server, for headless boxes and ordinary browsers. */
async function main() {
  const options = parseLaunchOptions(process.argv.slice(2))
  if (options.isHelp) return void process.stdout.write(help)

  const bundleFolder = __dirname
  const dataFolder = resolve(options.dataFolder ?? join(usualDataFolder(), options.isDemo ? 'demo' : ''))
  let token = ''
  const app = await createApp({
    paths: { dataFolder, bundleFolder, pageFolder: join(bundleFolder, '..', 'page') },
    isDemo: options.isDemo,
    openSecrets: (ground) => {
      // Once the folder is ours alone, and before anything is logged that could say it.
      token = keptToken({ ...ground, isRenewed: options.renewsLink })
      return new FileSecrets(ground)
    },
    host: {
      description: {
        kind: 'web',
        version,
        platform: platformName(),
        canOpenFolders: false,
        canPickFiles: false,
        dataFolder,
        startedAtMs: Date.now(),
      },
      openFolder: async () => {
        throw new Failure('notOnThisHost')
      },
      pickFile: async () => {
        throw new Failure('notOnThisHost')
      },
    },
  })
  const web = await startWebHost(app.router, {
    bindAddress: options.bindAddress,
    port: options.port,
    pageFolder: join(bundleFolder, '..', 'page'),
    token,
  }).catch(async (error: NodeJS.ErrnoException) => {
    await app.close()
    // A new error: its code is the port's, and says nothing of the data folder.
    throw new Error(error.code === 'EADDRINUSE' ? portTaken(options.port) : error.message)
  })
  if (!isLoopback(options.bindAddress)) {
    const where = isUnspecified(options.bindAddress) ? 'this machine' : options.bindAddress
    console.log(`Anyone who can reach ${where} and has this link can control Ollama on this machine.`)
  }
  console.log(`Corral is ready at ${web.url}`)
  if (options.opensBrowser) openBrowser(web.url)

  let isEnding = false
  const end = async () => {
    if (isEnding) return
    isEnding = true
    await web.close()
    const { settings, server } = app.services
    // A terminal cannot be asked: only a wish to leave the server running leaves it.
    const leaveServer = settings.state.current.preferences.onQuit === 'leave'
    const { runsOurs } = server
    const { port } = server.state.current
    await app.close({ leaveServer })
    if (runsOurs) {
      console.log(leaveServer ? `The server was left running on port ${port}.` : 'The server was stopped.')
    }
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end())
}

main().catch((error: unknown) => {
  console.error(startFailureText(error, systemLanguage))
  process.exit(1)
})
