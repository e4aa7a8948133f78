/**
 * The tokens of a prompt that the server read anew, for which alone its prefill time stands; null where it did not tell
 * how many were in its cache: versions before that count them in, and read them in no time (ollama.md, 3).
 */
export const tokensReadAnew = (figures: { promptTokens: number | null; cachedTokens?: number | undefined }) =>
  figures.promptTokens === null || figures.cachedTokens === undefined
    ? null
    : figures.promptTokens - figures.cachedTokens
