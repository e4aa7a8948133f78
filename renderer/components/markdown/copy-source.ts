/** Who copies formulas gets what the model wrote, marks and all, and not the letters of the drawing. */
export function keepSourceOnCopy(page: Document): void {
  page.addEventListener('copy', (event) => {
    const selection = page.getSelection()
    if (!event.clipboardData || !selection || selection.isCollapsed) return
    const range = selection.getRangeAt(0).cloneRange()
    const first = formulaAround(range.startContainer)
    const last = formulaAround(range.endContainer)
    if (first) range.setStartBefore(first)
    if (last) range.setEndAfter(last)
    const copied = page.createElement('div')
    copied.append(range.cloneContents())
    const formulas = copied.querySelectorAll<HTMLElement>('[data-source]')
    if (formulas.length === 0) return
    for (const formula of formulas) formula.replaceWith(sourceOf(formula))
    copied.style.cssText = 'position: fixed; left: -10000px; width: 1000px; user-select: text'
    page.body.append(copied) // only what is laid out has lines
    // biome-ignore lint/performance/useDomNodeTextContent: the lines are wanted
    event.clipboardData.setData('text/plain', copied.innerText)
    copied.removeAttribute('style')
    event.clipboardData.setData('text/html', copied.innerHTML)
    copied.remove()
    event.preventDefault()
  })
}

const formulaAround = (node: Node) =>
  (node instanceof Element ? node : node.parentElement)?.closest<HTMLElement>('[data-source]') ?? null

function sourceOf(formula: HTMLElement): HTMLElement {
  const source = formula.ownerDocument.createElement('display' in formula.dataset ? 'div' : 'span')
  source.style.whiteSpace = 'pre-wrap'
  source.textContent = formula.dataset.source ?? ''
  return source
}
