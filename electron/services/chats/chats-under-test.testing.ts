import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect } from 'vitest'
import type { Answer, ChatChange, ChatSummary } from '../../../shared/contract/chats'
import { type Database, openDatabase } from '../../platform/database'
import { redact } from '../../platform/redact'
import type { Standstill } from '../../platform/standstills'
import { Watched } from '../../platform/watched'
import type { ServerAddress } from '../../wire/server-address'
import { Sockets } from '../../wire/sockets'
import { listBackends } from '../backends/backends'
import { chatMigrations } from './chat-migrations'
import { Chats } from './chats'

const silent = { info() {}, warn() {}, error() {} }

/** The service on a real database in a folder of its own, and what a test wants to know of it; all is closed after each test. */
export class ChatsUnderTest {
  folder = ''
  readonly address = new Watched<ServerAddress>(null)
  /** What the server's log says, and the context it gives. */
  log: string[] = []
  contextLength: number | null = null
  readonly standstills = { last: new Watched<Standstill | null>(null) }
  #open: { database: Database; chats: Chats } | null = null
  #closings: (() => Promise<unknown>)[] = []

  static forEachTest(): ChatsUnderTest {
    const under = new ChatsUnderTest()
    beforeEach(() => {
      under.folder = mkdtempSync(join(tmpdir(), 'chats-'))
      under.address.set(null)
      under.log = []
      under.contextLength = null
      under.standstills.last.set(null)
      under.open('corral.db')
    })
    afterEach(async () => {
      for (const close of under.#closings.splice(0).reverse()) await close()
      rmSync(under.folder, { recursive: true, force: true })
    })
    return under
  }

  /** Opens a service on this database file, in place of the one before. */
  open(file: string): void {
    const database = openDatabase(join(this.folder, file), chatMigrations)
    const sockets = new Sockets()
    const chats = new Chats({
      database,
      backends: listBackends(this.address),
      sockets,
      isLoaded: () => null,
      contextOf: async () => this.contextLength,
      said: { place: () => this.log.length, after: (place) => this.log.slice(place).map((text) => ({ text })) },
      standstills: this.standstills,
      logger: silent,
      redact,
    })
    this.#open = { database, chats }
    this.onEnd(async () => {
      await chats.close()
      await sockets.close()
      database.close()
    })
  }

  get database(): Database {
    if (!this.#open) throw new Error('nothing is open')
    return this.#open.database
  }

  get chats(): Chats {
    if (!this.#open) throw new Error('nothing is open')
    return this.#open.chats
  }

  onEnd(close: () => Promise<unknown>): void {
    this.#closings.push(close)
  }

  async chat(id: string): Promise<ChatChange> {
    for await (const chat of this.chats.watchChat(id, undefined)) return chat
    throw new Error('the watch ended')
  }

  async latest(id: string): Promise<Answer> {
    const answer = (await this.chat(id)).turns.at(-1)?.answers.at(-1)
    if (!answer) throw new Error('no answer')
    return answer
  }

  /** The latest answer of a chat, once it has ended. */
  async ended(id: string): Promise<Answer> {
    await expect
      .poll(async () => (await this.latest(id)).state, { timeout: 10_000 })
      .toMatch(/done|stopped|cut-short|failed/)
    return this.latest(id)
  }

  text(id: string): string | undefined {
    return this.chats.readTexts([id])[0]?.text
  }

  async followed(answerId: string, from = { text: 0, thinking: 0, turns: 0 }) {
    const parts = []
    for await (const part of this.chats.follow(answerId, from, undefined)) parts.push(part)
    return {
      parts,
      text: parts.map(({ text }) => text).join(''),
      thinking: parts.map((part) => part.thinking).join(''),
    }
  }

  async list(search = '') {
    const list: ChatSummary[] = []
    for await (const { chats, isLast } of this.chats.watch(search, undefined)) {
      list.push(...chats)
      if (isLast) break
    }
    return list
  }
}
