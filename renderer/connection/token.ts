const key = 'corral-token'

/** The token of this launch: from the link's fragment, which never reaches a server, then kept for a reload of this tab. */
export function takeToken(): string | null {
  const given = /(?:^#|&)token=([\w-]+)/.exec(window.location.hash)?.[1]
  if (given) {
    sessionStorage.setItem(key, given)
    history.replaceState(null, '', '#/')
  }
  return given ?? sessionStorage.getItem(key)
}
