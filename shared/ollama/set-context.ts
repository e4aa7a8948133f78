import type { InForce } from '../contract/server-settings'

/** The context that the server was told to give; null where it was told none, or none that its version reads. */
export function setContext(rows: readonly InForce[]): number | null {
  const row = rows.find(({ variable }) => variable === 'OLLAMA_CONTEXT_LENGTH')
  if (!row?.asked || row.reason === 'unknownToVersion' || !/^\d+$/.test(row.asked)) return null
  return Number(row.asked) || null
}
