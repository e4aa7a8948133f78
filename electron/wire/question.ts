import type { Protocol } from './framing'

export type QuestionMessage = { role: 'system' | 'user' | 'assistant' | 'tool'; content: string }

/** What is asked, whatever the protocol. A parameter that is null is left to the other side. */
export type Question = {
  model: string
  messages: readonly QuestionMessage[]
  maxTokens: number | null
  /** Of an Ollama server only: others have theirs. */
  contextLength: number | null
}

/** The body of a chat as that protocol wants it. `stream` is always said: one relay hangs without it. */
export function questionBody(protocol: Protocol, question: Question): { model: string } & Record<string, unknown> {
  const { model, messages, maxTokens, contextLength } = question
  if (protocol === 'openai') {
    return {
      model,
      messages,
      stream: true,
      stream_options: { include_usage: true },
      ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    }
  }
  const options = {
    ...(maxTokens === null ? {} : { num_predict: maxTokens }),
    ...(contextLength === null ? {} : { num_ctx: contextLength }),
  }
  return { model, messages, stream: true, ...(Object.keys(options).length === 0 ? {} : { options }) }
}
