import { shell } from 'electron'
import { isWebLink } from './web-link'

/** The one way a link leaves Corral: into the user's browser, and only a web link. */
export function openLink(url: string): void {
  if (isWebLink(url)) void shell.openExternal(url).catch(() => {}) // no browser: nothing to say that the user does not see
}
