import { useEffect, useState } from 'react'
import { useStore } from 'zustand'
import { connection } from '../connection/connection'

/** The text of one answer as it grows, for a place that shows a single short one. */
export function useAnswerText(messageId: string | null): string {
  const client = useStore(connection, (state) => state.client)
  const [text, setText] = useState('')
  useEffect(() => {
    setText('')
    if (messageId === null || client === null) return
    const stop = new AbortController()
    void (async () => {
      try {
        for await (const part of await client.answers.follow(
          { messageId, from: { text: 0, thinking: 0 } },
          { signal: stop.signal },
        )) {
          setText((before) => before + part.text)
        }
      } catch {
        // The answer's own state says what became of it.
      }
    })()
    return () => stop.abort()
  }, [messageId, client])
  return text
}
