/** Requests that a model answers at once, from the settings in force; null where that cannot be told. */
export function slotCount(settings: readonly { variable: string; value: string | null }[]): number | null {
  const value = Number(settings.find(({ variable }) => variable === 'OLLAMA_NUM_PARALLEL')?.value ?? Number.NaN)
  return Number.isInteger(value) && value > 0 ? value : null
}
