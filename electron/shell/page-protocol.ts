import { readFile } from 'node:fs/promises'
import { protocol } from 'electron'
import { securityHeaders } from '../content-policy'
import { contentType, pageFile, pageScheme } from './page-file'

/** Must be called before Electron is ready: makes app:// an origin of its own, as strict as https. */
export function registerPageScheme(): void {
  const privileges = { standard: true, secure: true, supportFetchAPI: true, codeCache: true }
  protocol.registerSchemesAsPrivileged([{ scheme: pageScheme, privileges }])
}

/** Serves the built page, and nothing beside it, under app://corral/. */
export function servePage(pageFolder: string): void {
  protocol.handle(pageScheme, async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response(null, { status: 405 })
    const file = pageFile(request.url, pageFolder)
    const type = file && contentType(file)
    const content = type ? await readFile(file).catch(() => null) : null
    if (!type || !content) return new Response(null, { status: 404 })
    return new Response(new Uint8Array(content), {
      headers: { ...securityHeaders("'self'"), 'Content-Type': type, 'Cache-Control': 'no-cache' },
    })
  })
}
