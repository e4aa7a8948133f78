type Known = { name: string; isLoaded: boolean }

/**
 * Which model a new chat asks: the one that was chosen; else the one that was used last, unless only others are in
 * memory and would answer at once; else the first.
 */
export function preferredModel<Model extends Known>(
  models: readonly Model[],
  chosen: string | null,
  usedLast: readonly string[],
): Model | null {
  const named = (name: string | null) => models.find((model) => model.name === name)
  const used = usedLast.map(named).filter((model) => model !== undefined)
  return (
    named(chosen) ??
    used.find(({ isLoaded }) => isLoaded) ??
    models.find(({ isLoaded }) => isLoaded) ??
    used[0] ??
    models[0] ??
    null
  )
}
