/** The context that the server was told to give; null where it was told none, or none that its version reads. */
export function setContext(
  rows: readonly { variable: string; asked: string | null; reason: string | null }[],
): number | null {
  const row = rows.find(({ variable }) => variable === 'OLLAMA_CONTEXT_LENGTH')
  if (!row?.asked || row.reason === 'unknownToVersion' || !/^\d+$/.test(row.asked)) return null
  return Number(row.asked) || null
}

/** The context of a request that asks for none: the one that was set, or what the server's log says it chose by memory. */
export function givenContext(
  rows: readonly {
    variable: string
    asked: string | null
    inForce: string | null
    reason: string | null
    evidence: string
  }[],
): number | null {
  const row = rows.find(({ variable }) => variable === 'OLLAMA_CONTEXT_LENGTH')
  return setContext(rows) ?? (row?.evidence === 'log' ? Number(row.inForce) || null : null)
}
