const drafts = new Map<string, string>()

/** What was written for a chat and not sent yet; kept while the page lives. */
export const takeDraft = (chatId: string | null): string => drafts.get(chatId ?? '') ?? ''

export function keepDraft(chatId: string | null, text: string): void {
  if (text === '') drafts.delete(chatId ?? '')
  else drafts.set(chatId ?? '', text)
}
