import { resolve, sep } from 'node:path'

export const pageScheme = 'app'
export const pageOrigin = 'app://corral'
export const pageUrl = `${pageOrigin}/index.html`

/** Whether an address is our own page's. */
export function isOurs(url: string): boolean {
  const address = URL.canParse(url) ? new URL(url) : null
  return address?.protocol === `${pageScheme}:` && address.host === 'corral'
}

/** The file behind an address of the page; null for anything that is not a plain path inside its folder. */
export function pageFile(url: string, pageFolder: string): string | null {
  if (!isOurs(url)) return null
  const path = decoded(new URL(url).pathname)
  if (path === null || /[\\:\0]/.test(path) || path.split('/').some((part) => part.startsWith('.'))) return null
  const file = resolve(pageFolder, `.${path === '/' ? '/index.html' : path}`)
  return file.startsWith(pageFolder + sep) ? file : null
}

function decoded(path: string) {
  try {
    return decodeURIComponent(path)
  } catch {
    return null
  }
}

const contentTypes: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
}

/** What a file of the page is; null for a kind the page does not have. */
export const contentType = (file: string) => contentTypes[file.slice(file.lastIndexOf('.') + 1)] ?? null
