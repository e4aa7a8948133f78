import { eventIterator } from '@orpc/contract'
import { z } from 'zod'
import { ModelRef } from '../backends/model-ref'
import { answerStates } from '../chat/under-way'
import { usualParameters } from '../chat/usual-parameters'
import { FailureReport, operation } from './operation'

const choices = {
  system: z.string().max(200_000),
  temperature: z.number().min(0).max(2),
  topP: z.number().min(0).max(1),
  /** null: what the server gives, by its own settings or the model's. */
  contextLength: z.number().int().min(256).max(1_048_576).nullable(),
  /** null: as long as the model likes. */
  maximumTokens: z.number().int().min(1).max(1_000_000).nullable(),
  /** null: a new one for each answer. */
  seed: z.number().int().min(0).max(2_147_483_647).nullable(),
}

/**
 * What goes with every question of a chat. All but a context that nobody chose is sent with each request: Ollama's own
 * defaults differ by version.
 */
export const ChatParameters = z.object({
  system: choices.system.default(usualParameters.system),
  temperature: choices.temperature.default(usualParameters.temperature),
  topP: choices.topP.default(usualParameters.topP),
  contextLength: choices.contextLength.default(usualParameters.contextLength),
  maximumTokens: choices.maximumTokens.default(usualParameters.maximumTokens),
  seed: choices.seed.default(usualParameters.seed),
})
export type ChatParameters = z.infer<typeof ChatParameters>

export const ChatParametersChange = z.object(choices).partial()
export type ChatParametersChange = z.infer<typeof ChatParametersChange>

export const ChatSummary = z.object({
  id: z.string(),
  title: z.string(), // empty until the first question
  model: ModelRef,
  updatedAtMs: z.number(),
  messageCount: z.number(),
})
export type ChatSummary = z.infer<typeof ChatSummary>

/** A part of the list: thousands in one message would hold up the host. The list is whole with its last part. */
export const ChatListPart = z.object({ chats: z.array(ChatSummary), isFirst: z.boolean(), isLast: z.boolean() })
export type ChatListPart = z.infer<typeof ChatListPart>

/** `cut-short`: it ended without the server saying that it was done; what had arrived is kept. */
export const AnswerState = z.enum(answerStates)
export type AnswerState = z.infer<typeof AnswerState>

/** What was measured of one answer. null: the server did not say, or it had not come so far. */
export const AnswerFigures = z.object({
  /** From the request to the first text or thought, without the time the model took to load. */
  firstTokenMs: z.number().nullable(),
  /** Bringing the model into memory, with the wait for room there; as the server says. */
  loadMs: z.number().nullable(),
  /** After the first token: N tokens span N - 1 steps. */
  tokensPerSecond: z.number().nullable(),
  answerTokens: z.number().nullable(), // thinking included
  promptTokens: z.number().nullable(),
  /** Those of the prompt that the server still had in its cache; missing where it did not say. */
  cachedTokens: z.number().optional(),
  promptMs: z.number().nullable(), // reading what was not in the cache
  /** The machine slept or Corral was stopped for so long meanwhile, which is in the times seen from here. */
  standstillMs: z.number().optional(),
  /** Of one request, while this one was answered; missing where nobody could tell. */
  contextLength: z.number().optional(),
  /** The prompt did not fit: its beginning was left out. `sentTokens` is null where only that much is known. */
  promptCut: z.object({ sentTokens: z.number().nullable() }).nullish(),
  totalMs: z.number().nullable(), // from the request to the end, as seen here
  /** `length`: it ran into the limit of tokens or the end of the context. */
  endReason: z.enum(['stop', 'length', 'other']).nullable(),
  /** The server never told its counts: pieces of text were counted as they came, which are tokens or nearly so. */
  isCountedHere: z.boolean().optional(),
  /** The time to the first token has the loading in it, which the server never told apart. */
  isLoadIncluded: z.boolean().optional(),
})
export type AnswerFigures = z.infer<typeof AnswerFigures>

/** The texts are read apart: a chat's structure stays small however long its answers are. */
export const Question = z.object({
  role: z.literal('question'),
  id: z.string(),
  atMs: z.number(),
  textLength: z.number(),
})
export const Answer = z.object({
  role: z.literal('answer'),
  id: z.string(),
  atMs: z.number(),
  textLength: z.number(), // of what is kept; grows while it streams
  thinkingLength: z.number(),
  state: AnswerState,
  failure: FailureReport.nullable(),
  model: ModelRef,
  seed: z.number().nullable(), // null: its record cannot be read
  figures: AnswerFigures,
  isSimulated: z.boolean(),
  /** Under way, and nothing has come since then; `standstillMs`: since the machine or Corral woke after so long. */
  quiet: z.object({ sinceMs: z.number(), standstillMs: z.number().nullable() }).nullish(),
})
export type Answer = z.infer<typeof Answer>

/** A question and its answers, the newest last: answering again keeps the earlier ones. */
export const Turn = z.object({ question: Question, answers: z.array(Answer) })
export type Turn = z.infer<typeof Turn>

export const Chat = z.object({
  id: z.string(),
  title: z.string(),
  model: ModelRef,
  parameters: ChatParameters,
  turns: z.array(Turn),
})
export type Chat = z.infer<typeof Chat>

/** What a watch of a chat tells: the whole at first, then of its turns those that are new or have changed. */
export const ChatChange = Chat.extend({ isWhole: z.boolean() })
export type ChatChange = z.infer<typeof ChatChange>

export const MessageText = z.object({ id: z.string(), text: z.string(), thinking: z.string() })
export type MessageText = z.infer<typeof MessageText>

/** How far an answer is known: characters, and how often what it had said turned out to be thought. */
export const AnswerPlace = z.object({
  text: z.number().int().min(0),
  thinking: z.number().int().min(0),
  turns: z.number().int().min(0),
})
export type AnswerPlace = z.infer<typeof AnswerPlace>

/** What has come since: append it; where `turns` is another than before, it is the whole, in place of what is known. */
export const AnswerPart = z.object({ text: z.string(), thinking: z.string(), turns: z.number() })
export type AnswerPart = z.infer<typeof AnswerPart>

const Named = z.object({ id: z.string() })
export const longestQuestion = 2_000_000
const QuestionText = z.string().max(longestQuestion).regex(/\S/)

export const chats = {
  /** All chats in parts, the latest first, now and after every change; with `search`, those that hold it in title or text. */
  watch: operation.input(z.object({ search: z.string().max(500).optional() })).output(eventIterator(ChatListPart)),
  /** Begins a chat; it takes its title from its first question. */
  create: operation.input(z.object({ model: ModelRef, parameters: ChatParametersChange.optional() })).output(Named),
  /** Gives a chat another title. */
  rename: operation.input(Named.extend({ title: z.string().max(200).regex(/\S/) })),
  /** Deletes a chat; for a minute it can be brought back. */
  remove: operation.input(Named),
  /** Brings back a chat that has just been deleted. */
  restore: operation.input(Named),
  /** One chat without its texts, now and after every change of state. */
  watchChat: operation.input(Named).output(eventIterator(ChatChange)),
  /** The texts of some messages, as far as they have come; where they are long only the first, and the rest is asked for again. */
  readTexts: operation.input(z.object({ ids: z.array(z.string()).max(200) })).output(z.array(MessageText)),
  /** Changes the model or some parameters, from the next question on. */
  changeParameters: operation.input(
    Named.extend({ model: ModelRef.optional(), parameters: ChatParametersChange.optional() }),
  ),
}

export const answers = {
  /** Asks the chat's model. The answer is made on the host, whether somebody looks or not. */
  send: operation
    .input(z.object({ chatId: z.string(), text: QuestionText }))
    .output(z.object({ questionId: z.string(), answerId: z.string() })),
  /** Asks the same question again with the chat's present model and parameters; the earlier answer is kept. */
  regenerate: operation.input(z.object({ messageId: z.string() })).output(z.object({ answerId: z.string() })),
  /** How many answers are being made now, in all chats together. */
  watchCount: operation.output(eventIterator(z.number())),
  /** Ends the answer being made in a chat; what has come is kept. */
  stop: operation.input(z.object({ chatId: z.string() })),
  /** What an answer says from these places on, in batches until it ends; at once and whole when it has ended. */
  follow: operation.input(z.object({ messageId: z.string(), from: AnswerPlace })).output(eventIterator(AnswerPart)),
}
