const key = 'corral-token'

/** What the page shows while no link is being opened over it. */
let place = '#/'

/** The token: from the link's fragment, which never reaches a server, then kept for a reload of this tab. */
export function takeToken(): string | null {
  const given = /(?:^#|&)token=([\w-]+)/.exec(window.location.hash)?.[1]
  if (given) {
    sessionStorage.setItem(key, given)
    history.replaceState(null, '', place)
  } else if (window.location.hash) place = window.location.hash
  return given ?? sessionStorage.getItem(key)
}

/** A new link that is opened over this page changes its fragment only: nothing is loaded, and what it shows stays. */
export function takeNewTokens(): void {
  window.addEventListener('hashchange', takeToken)
}
