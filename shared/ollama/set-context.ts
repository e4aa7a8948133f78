/** The context that the server was told to give; null where it was told none, or none that its version reads. */
export function setContext(
  rows: readonly { variable: string; asked: string | null; reason: string | null }[],
): number | null {
  const row = rows.find(({ variable }) => variable === 'OLLAMA_CONTEXT_LENGTH')
  if (!row?.asked || row.reason === 'unknownToVersion' || !/^\d+$/.test(row.asked)) return null
  return Number(row.asked) || null
}
