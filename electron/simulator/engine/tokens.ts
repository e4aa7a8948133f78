/** A text cut into about as many tokens as a real tokenizer would make; the same text always gives the same ones. */
export const tokensOf = (text: string): string[] =>
  text.match(/[\p{sc=Han}]|[a-zA-Z]{1,6}|\d{1,3}|[^\sa-zA-Z\d\p{sc=Han}]/gu) ?? []
