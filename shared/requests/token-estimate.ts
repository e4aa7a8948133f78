/** How many tokens a text is likely to have, with a band: no tokenizer was asked. A budget goes by `high`. */
export type TokenEstimate = { low: number; likely: number; high: number }

/**
 * Tokens for each kind of sign, low, likely and high over the vocabularies in use. Han: 0.73 (o200k) to 1.07 (cl100k)
 * a letter, measured; pricing.md, 6.6. A Latin word of up to six letters is one token, digits are read one to three at a
 * time, an emoji is one to four.
 */
const kinds: readonly { of: RegExp; each: (run: string) => number; low: number; high: number }[] = [
  {
    of: /[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}]+/uy,
    each: (run) => [...run].length * 0.8,
    low: 0.75,
    high: 1.5,
  },
  { of: /[\p{sc=Latn}\p{M}']+/uy, each: (run) => Math.ceil(run.length / 6), low: 0.9, high: 1.4 },
  { of: /\p{N}+/uy, each: (run) => run.length / 2, low: 0.66, high: 2 },
  { of: /\p{Extended_Pictographic}\p{M}*\u200d?/uy, each: () => 2, low: 0.5, high: 2 },
  { of: /\p{L}+/uy, each: (run) => [...run].length / 2, low: 0.5, high: 2 },
  { of: /\s+/uy, each: (run) => (/[\n\t]/.test(run) ? 1 : run.length > 1 ? 1 : 0), low: 0.5, high: 1.5 },
  { of: /[\s\S]/uy, each: () => 1, low: 0.6, high: 1.2 },
]

/** Estimates by script, since Chinese counted as Latin comes out three to six times too low. */
export function estimateTokens(text: string): TokenEstimate {
  const sum = { low: 0, likely: 0, high: 0 }
  for (let at = 0; at < text.length; ) {
    for (const kind of kinds) {
      kind.of.lastIndex = at
      const run = kind.of.exec(text)?.[0]
      if (run === undefined) continue
      const tokens = kind.each(run)
      sum.low += tokens * kind.low
      sum.likely += tokens
      sum.high += tokens * kind.high
      at += run.length
      break
    }
  }
  return { low: Math.floor(sum.low), likely: Math.round(sum.likely), high: Math.ceil(sum.high) }
}
