import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useStore } from 'zustand'
import { isUnderWay } from '../../shared/chat/under-way'
import type { Chat, MessageText } from '../../shared/contract/chats'
import type { Client } from '../connection/client'
import { connection } from '../connection/connection'

/** The end of a chat is what opens in sight; the rest comes in as few requests as the host takes. */
const idsFirst = 24
const idsInRequest = 200

/**
 * The texts of one chat: read once when they are finished, followed from where they are while they are made. Listeners
 * hear of new text once a frame at most. A lost host changes nothing: what has come stays, and the rest follows.
 */
export class ChatTexts {
  readonly texts = new Map<string, MessageText>()
  /** Counts up with every change that listeners hear of. */
  version = 0
  readonly #whole = new Set<string>()
  /** Of each answer, how often what it had said turned out to be thought. */
  readonly #turns = new Map<string, number>()
  readonly #under = new Set<string>() // being read or followed
  readonly #listeners = new Set<() => void>()
  #stop = new AbortController()
  #frame: number | null = null

  /** Fetches what is missing of this chat, from this host. */
  update(chat: Chat, client: Client): void {
    const missing: string[] = []
    const wants = (id: string, isFollowed: boolean) => {
      if (this.#whole.has(id) || this.#under.has(id)) return
      this.#under.add(id)
      if (isFollowed || this.texts.has(id)) void this.#follow(id, client)
      else missing.push(id)
    }
    for (const { question, answers } of [...chat.turns].reverse()) {
      for (const { id, state } of answers) wants(id, isUnderWay({ state }))
      wants(question.id, false)
    }
    void this.#read(missing, client)
  }

  /** Ends what is under way; `update` takes it up again, perhaps from another connection. */
  pause(): void {
    this.#stop.abort()
    this.#stop = new AbortController()
    this.#under.clear()
    if (this.#frame !== null) cancelAnimationFrame(this.#frame)
    this.#frame = null
  }

  readonly subscribe = (listener: () => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  async #read(ids: string[], client: Client) {
    const { signal } = this.#stop
    try {
      for (let place = 0; place < ids.length; ) {
        const wanted = ids.slice(place, place + (place === 0 ? idsFirst : idsInRequest))
        const isFirst = place === 0
        const texts = await client.chats.readTexts({ ids: wanted }, { signal })
        if (signal.aborted) return
        // Long ones come in parts; without any, these messages are gone.
        const lastId = texts.at(-1)?.id
        place += lastId === undefined ? wanted.length : wanted.lastIndexOf(lastId) + 1
        for (const text of texts) {
          this.texts.set(text.id, text)
          this.#whole.add(text.id)
        }
        // Each time the rows above the sight are laid out anew: once for the end, once for all before it.
        if (isFirst || place === ids.length) this.#tell()
      }
    } catch {
      // The host is lost or the chat is gone: the banner or the chat's own watch says so.
    }
  }

  async #follow(id: string, client: Client) {
    const { signal } = this.#stop
    const known = this.texts.get(id) ?? { id, text: '', thinking: '' }
    this.texts.set(id, known)
    const from = { text: known.text.length, thinking: known.thinking.length, turns: this.#turns.get(id) ?? 0 }
    try {
      for await (const part of await client.answers.follow({ messageId: id, from }, { signal })) {
        if (signal.aborted) return
        const isNew = part.turns !== (this.#turns.get(id) ?? 0)
        this.#turns.set(id, part.turns)
        known.text = (isNew ? '' : known.text) + part.text
        known.thinking = (isNew ? '' : known.thinking) + part.thinking
        this.#tell()
      }
      if (!signal.aborted) this.#whole.add(id)
    } catch {
      // As above; the answer itself goes on.
    }
  }

  #tell() {
    this.#frame ??= requestAnimationFrame(() => {
      this.#frame = null
      this.version++
      for (const listener of this.#listeners) listener()
    })
  }
}

/** The texts of the chat on the screen; a new version is a new drawing. */
export function useChatTexts(chat: Chat | null): { texts: ReadonlyMap<string, MessageText>; version: number } {
  const client = useStore(connection, (state) => state.client)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another chat has other texts
  const own = useMemo(() => new ChatTexts(), [chat?.id])
  useEffect(() => {
    if (client === null) return
    return () => own.pause()
  }, [own, client])
  useEffect(() => {
    if (chat && client) own.update(chat, client)
  }, [own, chat, client])
  const version = useSyncExternalStore(own.subscribe, () => own.version)
  return { texts: own.texts, version }
}
