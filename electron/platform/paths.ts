import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where Corral keeps its things and finds its own parts. */
export type Paths = {
  /** Everything that must survive: database, settings, logs. */
  dataFolder: string
  /** The bundled privileged side: children and workers start from here. */
  bundleFolder: string
  /** The built page. */
  pageFolder: string
}

/** The data folder where the user names none, by the custom of each system. */
export function usualDataFolder(environment: NodeJS.ProcessEnv = process.env, platform = process.platform): string {
  if (platform === 'win32') return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Corral')
  if (platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Corral')
  return join(environment.XDG_DATA_HOME || join(homedir(), '.local', 'share'), 'corral')
}

/** A path as a shell would read it: `~` at its beginning is the home folder. */
export const fromHome = (path: string, home = homedir()): string =>
  /^~([\\/]|$)/.test(path) ? join(home, path.slice(1)) : path
