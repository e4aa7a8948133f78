const prefix = 'corral-draft '

/** Where a tab keeps its own across a reload; null where a browser refuses it. */
function storage(): Storage | null {
  try {
    return window.sessionStorage
  } catch {
    return null
  }
}

const drafts = new Map<string, string>()
const read = (key: string) => storage()?.getItem(prefix + key) ?? ''

/** What was written for a chat and not sent yet; kept for as long as the tab is, also when it is loaded again. */
export function takeDraft(chatId: string | null): string {
  const key = chatId ?? ''
  return drafts.get(key) ?? read(key)
}

export function keepDraft(chatId: string | null, text: string): void {
  const key = chatId ?? ''
  drafts.set(key, text)
  try {
    if (text === '') storage()?.removeItem(prefix + key)
    else storage()?.setItem(prefix + key, text)
  } catch {
    // No room: an older text must not come back in its place.
    storage()?.removeItem(prefix + key)
  }
}
