import { randomInt } from 'node:crypto'
import type { ModelRef } from '../../../shared/backends/model-ref'
import { ownBackendId } from '../../../shared/backends/own'
import {
  type Answer,
  type AnswerPart,
  type AnswerPlace,
  type Chat,
  type ChatChange,
  type ChatListPart,
  ChatParameters,
  type ChatParametersChange,
  type MessageText,
} from '../../../shared/contract/chats'
import { Failure, type FailureCode } from '../../../shared/failure'
import type { Database } from '../../platform/database'
import type { Logger } from '../../platform/logger'
import type { Redact } from '../../platform/redactor'
import { Slices } from '../../platform/slices'
import type { Standstills } from '../../platform/standstills'
import { Watched } from '../../platform/watched'
import { answeringAt, type Backends } from '../../wire/backend'
import { ollamaChat } from '../../wire/ollama-chat'
import type { ServerAddress } from '../../wire/server-address'
import type { Sockets } from '../../wire/sockets'
import { ChatIndex } from './chat-index'
import { chatBody } from './chat-request'
import { type AnswerProgress, type ChatRecord, ChatStore, type ListPlace } from './chat-store'
import { promptCutOf, sentSince } from './prompt-cut'
import { RunningAnswer } from './running-answer'
import { storable } from './storable'
import { titleOf } from './title'

const listEveryMs = 150
const undoForMs = 60_000
const listedAtOnce = 200

type Needs = {
  database: Database
  backends: Backends
  sockets: Sockets
  /** Whether the server holds a model in memory; null where that is not known. */
  isLoaded(model: ModelRef): boolean | null
  /** The context that a request to a model has now; null where nobody can tell. */
  contextOf(model: ModelRef): Promise<number | null>
  /** What our server has said: where its log ends, and what came after such a place. */
  said: { place(): number; after(place: number): readonly { text: string }[] }
  standstills: Pick<Standstills, 'last'>
  logger: Logger
  redact: Redact
}

type Server = NonNullable<ServerAddress>
type Asked = { questionId: string; answerId: string; seed: number }
type Running = { answerId: string; model: ModelRef; answer: RunningAnswer }

/** Conversations with models: kept in SQLite, answered here on the host, at most one answer at a time in each chat. */
export class Chats {
  /** Answers being made now. */
  readonly runningCount = new Watched(0)
  readonly #store: ChatStore
  readonly #index: ChatIndex
  readonly #running = new Map<string, Running>()
  /** Counts changes; each chat remembers the one that last touched it, and the list counts its own. */
  readonly #revision = new Watched(0)
  readonly #listRevision = new Watched(0)
  readonly #revisionOf = new Map<string, number>()
  /** Of each chat, the questions asked or answered since this host began, and when their turns last changed. */
  readonly #turnRevisionOf = new Map<string, Map<string, number>>()
  /** Of each answer that this host has made, how often what it had said turned out to be thought. */
  readonly #turnsOf = new Map<string, number>()
  #purging: NodeJS.Timeout | null = null
  #isClosed = false

  constructor(private readonly needs: Needs) {
    const { database, logger } = needs
    this.#store = new ChatStore(database, logger)
    this.#index = new ChatIndex(database, logger)
    this.#store.purge(Number.MAX_SAFE_INTEGER)
    this.#store.markCutShort({ code: 'hostEndedDuringAnswer' })
    void this.#index.catchUp()
  }

  async *watch(search: string, signal: AbortSignal | undefined): AsyncGenerator<ChatListPart, void, void> {
    for await (const _ of this.#listRevision.watch(signal, listEveryMs)) yield* this.#list(search, signal)
  }

  /** The chat whole at first, then with the turns that have changed since: of a thousand messages one has. */
  async *watchChat(id: string, signal: AbortSignal | undefined): AsyncGenerator<ChatChange, void, void> {
    let seen: number | null = null
    for await (const _ of this.#revision.watch(signal)) {
      const revision = this.#revisionOf.get(id) ?? 0
      if (revision === seen) continue
      if (seen === null) yield { ...this.#structure(id), isWhole: true }
      else yield { ...this.#structure(id, this.#turnsChangedSince(id, seen)), isWhole: false }
      seen = revision
    }
  }

  #structure(id: string, questionIds?: readonly string[]): Chat {
    const chat = this.#store.structure(id, questionIds)
    const running = this.#running.get(id)
    const quiet = running?.answer.quiet
    if (!running || !quiet) return chat
    const withQuiet = (answer: Answer) => (answer.id === running.answerId ? { ...answer, quiet } : answer)
    return { ...chat, turns: chat.turns.map((turn) => ({ ...turn, answers: turn.answers.map(withQuiet) })) }
  }

  /** Read in slices: of thousands of chats each takes its moment. */
  async *#list(search: string, signal: AbortSignal | undefined): AsyncGenerator<ChatListPart, void, void> {
    const found = search === '' ? null : await this.#index.find(search, signal)
    const slices = new Slices(signal)
    for (let from: ListPlace | null = null, isFirst = true; isFirst || from !== null; isFirst = false) {
      const { chats, last } = this.#store.list(from, listedAtOnce)
      from = last
      yield { chats: found ? chats.filter(({ id }) => found.has(id)) : chats, isFirst, isLast: last === null }
      await slices.pause()
    }
  }

  create(model: ModelRef, change: ChatParametersChange = {}): { id: string } {
    const id = this.#store.create(model, ChatParameters.parse(change), Date.now())
    this.#changed(id)
    return { id }
  }

  rename(id: string, title: string): void {
    this.#store.write({ ...this.#store.read(id), title: storable(title.trim()) })
    this.#changed(id)
  }

  changeParameters(id: string, model: ModelRef | undefined, change: ChatParametersChange = {}): void {
    const chat = this.#store.read(id)
    const parameters = ChatParameters.parse({ ...chat.parameters, ...withoutUndefined(change) })
    this.#store.write({ ...chat, model: model ?? chat.model, parameters })
    this.#changed(id)
  }

  async remove(id: string): Promise<void> {
    await this.stop(id)
    this.#store.setRemoved(id, Date.now())
    this.#changed(id)
    this.#purging ??= setInterval(() => this.#purge(Date.now() - undoForMs), undoForMs / 2)
  }

  restore(id: string): void {
    this.#store.setRemoved(id, null)
    this.#changed(id)
  }

  /** The texts as far as they have come: of an answer under way from memory, not from its last half second on disk. */
  readTexts(ids: readonly string[]): MessageText[] {
    const running = new Map([...this.#running.values()].map(({ answerId, answer }) => [answerId, answer]))
    return this.#store.texts(ids).map((kept) => {
      const progress = running.get(kept.id)?.progress
      return progress ? { id: kept.id, text: progress.text, thinking: progress.thinking } : kept
    })
  }

  send(chatId: string, text: string): { questionId: string; answerId: string } {
    const chat = this.#store.read(chatId)
    const server = this.#serverFor(chat)
    const asked = this.#store.atomically(() => {
      if (chat.title === '') this.#store.write({ ...chat, title: titleOf(storable(text)) })
      const questionId = this.#store.addQuestion(chatId, storable(text), Date.now())
      return { questionId, ...this.#addAnswer(chat, questionId, server) }
    })
    this.#start(chat, asked, server)
    return { questionId: asked.questionId, answerId: asked.answerId }
  }

  regenerate(messageId: string): { answerId: string } {
    const { chatId, questionId } = this.#store.questionOf(messageId)
    const chat = this.#store.read(chatId)
    const server = this.#serverFor(chat)
    const asked = { questionId, ...this.#addAnswer(chat, questionId, server) }
    this.#start(chat, asked, server)
    return { answerId: asked.answerId }
  }

  async stop(chatId: string): Promise<void> {
    await this.#running.get(chatId)?.answer.end()
  }

  async *follow(
    messageId: string,
    from: AnswerPlace,
    signal: AbortSignal | undefined,
  ): AsyncGenerator<AnswerPart, void, void> {
    const running = [...this.#running.values()].find(({ answerId }) => answerId === messageId)
    if (running) return yield* running.answer.follow(from, signal)
    const kept = this.#store.texts([messageId])[0]
    if (!kept) throw new Failure('chatNotFound')
    const isFitting = from.turns === this.#turnsOf.get(messageId) || from.text + from.thinking === 0
    // Who knows something else of it, or of one that an earlier host made, gets the whole.
    const text = kept.text.slice(isFitting ? from.text : 0)
    const thinking = kept.thinking.slice(isFitting ? from.thinking : 0)
    if (text || thinking) yield { text, thinking, turns: isFitting ? from.turns : from.turns + 1 }
  }

  /** What the user does to the server cuts its answers short, and they say so. */
  async letGo(why: FailureCode, isMeant = ({ model }: Running) => model.backendId === ownBackendId): Promise<void> {
    await Promise.all([...this.#running.values()].filter(isMeant).map(({ answer }) => answer.end(new Failure(why))))
  }

  /** Ends every answer as cut short, and forgets for good what was deleted. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (this.#purging) clearInterval(this.#purging)
    await this.letGo('hostEndedDuringAnswer', () => true)
    await this.#index.close()
    this.#purge(Number.MAX_SAFE_INTEGER)
  }

  /** SQLite needs room even to delete; what stays is purged by the next host. */
  #purge(untilMs: number) {
    try {
      this.#store.purge(untilMs)
    } catch (error) {
      this.needs.logger.error('deleted conversations could not be purged', error)
    }
  }

  /** The models that are answering now. */
  get answering(): ModelRef[] {
    return [...this.#running.values()].map(({ model }) => model)
  }

  #serverFor({ id: chatId, model }: ChatRecord): Server {
    if (this.#isClosed) throw new Failure('hostEndedBeforeAnswer')
    if (this.#running.has(chatId)) throw new Failure('answerRunning')
    return answeringAt(this.needs.backends, model.backendId)
  }

  #addAnswer({ id: chatId, model, parameters }: ChatRecord, questionId: string, { isSimulated }: Server) {
    const seed = parameters.seed ?? randomInt(2 ** 31)
    const request = { parameters, seed }
    const answerId = this.#store.addAnswer({ chatId, questionId, model, request, isSimulated, atMs: Date.now() })
    return { answerId, seed }
  }

  #start({ id: chatId, model, parameters }: ChatRecord, asked: Asked, { baseUrl }: Server) {
    const { questionId, answerId, seed } = asked
    const past = this.#store.past(chatId, questionId)
    const body = chatBody(model.name, parameters, seed, past)
    const { sockets, isLoaded, said, standstills } = this.needs
    const saidSoFar = said.place()
    const answer = new RunningAnswer({
      ask: (signal) => ollamaChat({ sockets, baseUrl, body, signal }, isLoaded(model)),
      redact: this.needs.redact,
      contextLength: async () => (await this.needs.contextOf(model)) ?? parameters.contextLength,
      promptCut: (counted) => {
        const texts = body.messages.map(({ content }) => content)
        const earlier = this.#store.lastCounted({ chatId, questionId, answerId, model, system: parameters.system })
        return promptCutOf({ texts, earlier: earlier && sentSince(earlier, past), log: said.after(saidSoFar) }, counted)
      },
      standstills,
      keep: (progress) => this.#keep(answerId, progress),
      changed: () => this.#changed(chatId, { questionId, isInList: false }),
    })
    this.#running.set(chatId, { answerId, model, answer })
    this.runningCount.set(this.#running.size)
    this.#changed(chatId, { questionId })
    void answer.ended.then(() => {
      this.#running.delete(chatId)
      this.#turnsOf.set(answerId, answer.turns)
      this.runningCount.set(this.#running.size)
      if (!this.#isClosed) void this.#index.catchUp()
    })
  }

  #keep(answerId: string, progress: AnswerProgress) {
    try {
      this.#store.writeAnswer(answerId, progress)
    } catch (error) {
      // A full disk must not end the answer on the screen; the next half second of text tries again.
      this.needs.logger.error('an answer could not be kept', error)
    }
  }

  #turnsChangedSince(chatId: string, seen: number): string[] {
    return [...(this.#turnRevisionOf.get(chatId) ?? [])].flatMap(([id, revision]) => (revision > seen ? id : []))
  }

  /** The list shows nothing of an answer's state: it is read again only when it can differ. */
  #changed(chatId: string, { questionId, isInList = true }: { questionId?: string; isInList?: boolean } = {}) {
    if (isInList) this.#listRevision.update((count) => count + 1)
    const revision = this.#revision.current + 1
    this.#revisionOf.set(chatId, revision)
    if (questionId !== undefined) {
      const turns = this.#turnRevisionOf.get(chatId) ?? new Map<string, number>()
      this.#turnRevisionOf.set(chatId, turns.set(questionId, revision))
    }
    this.#revision.set(revision)
  }
}

const withoutUndefined = (change: ChatParametersChange) =>
  Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
