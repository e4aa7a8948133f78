export type ChatMessage = { role: string; text: string }

/**
 * The prompt of a chat. Messages that do not fit are left out whole, the oldest first and without a word to anybody;
 * those of the system and the last one stay (server/prompt.go, the same in 0.5.12 and 0.33).
 */
export function chatPrompt(messages: readonly ChatMessage[], fits: (prompt: string) => boolean): string {
  for (let from = 0; ; from++) {
    const kept = messages.filter(({ role }, place) => place >= from || role === 'system')
    const prompt = kept.map(({ text }) => text).join('\n')
    if (from >= messages.length - 1 || fits(prompt)) return prompt
  }
}
