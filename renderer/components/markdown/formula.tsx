import { memo, useEffect, useMemo, useSyncExternalStore } from 'react'
import { keepSourceOnCopy } from './copy-source'
import { formulaIn } from './formula-source'
import classes from './markdown.module.css'

type Draw = typeof import('./draw-formula').drawFormula

let draw: Draw | null = null
let isLoading = false
const listeners = new Set<() => void>()

/** With the first formula; while the host that serves it is lost, formulas stay as written and the next one asks again. */
async function load() {
  if (draw || isLoading) return
  isLoading = true
  try {
    draw = (await import('./draw-formula')).drawFormula
    keepSourceOnCopy(document)
    for (const listener of listeners) listener()
  } catch {
    // As above.
  }
  isLoading = false
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** A formula drawn; its source as it was written while it is not whole, cannot be drawn, or what draws is not here. */
export const Formula = memo(function Formula({ source }: { source: string }) {
  const formula = useMemo(() => formulaIn(source), [source])
  const drawing = useSyncExternalStore(
    subscribe,
    () => draw,
    () => null,
  )
  useEffect(() => {
    if (formula) void load()
  }, [formula])
  const html = useMemo(() => (formula && drawing ? drawing(formula.tex, formula.isDisplay) : null), [formula, drawing])
  if (formula === null || html === null) return <span className={classes.formulaSource}>{source}</span>
  return (
    <span data-source={source} data-display={formula.isDisplay || undefined} className={classes.formula}>
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: KaTeX made it, and escapes what it was given */}
      <span dangerouslySetInnerHTML={{ __html: html }} />
      {formula.after}
    </span>
  )
})
