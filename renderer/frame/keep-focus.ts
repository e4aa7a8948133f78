const focusable = 'button:not(:disabled), a[href], input:not(:disabled), textarea:not(:disabled), [tabindex="0"]'
const rememberedCount = 6
/** Menus and questions give the focus back by themselves, a moment after they close. */
const patienceMs = 200

/** Where the focus was: the element and what stood around it, nearest first. */
type Place = { element: HTMLElement; around: HTMLElement[] }

/**
 * Keeps the focus of a keyboard where it works: the place of what went away is taken by what stands nearest, so that
 * nobody begins again at the top of the page.
 */
export function keepFocus(): void {
  let places: Place[] = []
  let timer: ReturnType<typeof setTimeout> | undefined

  const isLost = () => places.length > 0 && (document.activeElement ?? document.body) === document.body
  const moveOn = () => {
    if (isLost()) successor(places)?.focus({ preventScroll: true })
  }
  const look = () => {
    clearTimeout(timer)
    if (isLost()) timer = setTimeout(moveOn, patienceMs)
  }

  document.addEventListener('focusin', ({ target }) => {
    if (!(target instanceof HTMLElement) || target === document.body) return
    places = [{ element: target, around: around(target) }, ...places.filter(({ element }) => element !== target)]
    places = places.slice(0, rememberedCount)
  })
  // Who presses on empty ground wants the focus nowhere.
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Element && !target.closest(focusable)) places = []
  })
  new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributeFilter: ['disabled'] })
}

function around(element: HTMLElement): HTMLElement[] {
  const found: HTMLElement[] = []
  for (let parent = element.parentElement; parent; parent = parent.parentElement) {
    if (parent === document.body || parent.id === 'root') break
    found.push(parent)
  }
  return found
}

/** The last place that is still there, or what stands nearest to it; at the end the content of the screen. */
function successor(places: readonly Place[]): HTMLElement | null {
  for (const { element, around } of places) {
    if (element.isConnected && element.matches(`${focusable}, [tabindex]`) && isShown(element)) return element
    for (const parent of around.filter(({ isConnected }) => isConnected)) {
      if (parent.id === 'content') break
      const next = [...parent.querySelectorAll<HTMLElement>(focusable)].find(isShown)
      if (next) return next
    }
  }
  return document.getElementById('content')
}

const isShown = (element: HTMLElement) => element.getClientRects().length > 0
