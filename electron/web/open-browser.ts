import { spawn } from 'node:child_process'

/** Opens the link in the user's browser if there is one; on a headless box nothing happens. */
export function openBrowser(url: string): void {
  const [command, ...commandArguments] = opener()
  if (!command) return
  const child = spawn(command, [...commandArguments, url], { stdio: 'ignore', detached: true, windowsHide: true })
  child.on('error', () => {}) // no browser: the printed link is enough
  child.unref()
}

function opener(): string[] {
  if (process.platform === 'darwin') return ['open']
  if (process.platform === 'win32') return ['rundll32', 'url.dll,FileProtocolHandler']
  const hasDisplay = process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  return hasDisplay ? ['xdg-open'] : []
}
