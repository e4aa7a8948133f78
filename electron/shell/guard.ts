import { app, type Session } from 'electron'
import { openLink } from './open-link'
import { isOurs, pageOrigin } from './page-file'

/** What a page may not do, whichever it is: go elsewhere, open windows, embed pages, ask for powers, save files. */
export function guardAllPages(): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event, url) => {
      if (!isOurs(url)) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(({ url }) => {
      openLink(url)
      return { action: 'deny' }
    })
  })
}

/** Powers are refused, but for the two the page has buttons for: copying text, and saving what it has made itself. */
export function guardSession(session: Session): void {
  const mayHave = (permission: string, url: string | undefined) =>
    permission === 'clipboard-sanitized-write' && url !== undefined && isOurs(url)
  session.setPermissionRequestHandler((_, permission, answer, { requestingUrl }) =>
    answer(mayHave(permission, requestingUrl)),
  )
  session.setPermissionCheckHandler((_, permission, origin) => mayHave(permission, origin))
  session.setDevicePermissionHandler(() => false)
  session.on('will-download', (event, item) => {
    const isOwnExport = item.getURL().startsWith(`blob:${pageOrigin}/`) && item.hasUserGesture()
    if (!isOwnExport) event.preventDefault()
  })
}
