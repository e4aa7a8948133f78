import type { ServerDurations } from '../../shared/backends/answer-event'
import type { AnswerRecord, ToolPiece, Usage } from './answer-record'
import { errorIn, fields, isText, numberOrNull, textIn, textOrNull } from './fields'

/** What a server-sent event says beside its data. */
export type EventName = string | undefined

/**
 * What one chunk of an OpenAI-style chat stream says; a whole answer, from a server that does not stream, is read too.
 * Only the first choice counts. `[DONE]` is not for here: it proves nothing, as it also follows answers that were cut.
 */
export function openaiRecord(chunk: unknown, event?: EventName): AnswerRecord {
  const { error, choices, usage, timings, message, id, object } = fields(chunk)
  const choice = fields(Array.isArray(choices) ? choices[0] : undefined)
  const delta = fields(choice.delta ?? choice.message)
  const finishReason = textOrNull(choice.finish_reason)
  const isError = event === 'error' || fields(chunk).type === 'error' || fields(chunk).object === 'error'
  return {
    error: errorIn(error) ?? (isError ? (message ?? chunk) : undefined),
    text: contentIn(delta.content, 'text'),
    // OpenRouter and Ollama say `reasoning`, DeepSeek and most others `reasoning_content`; some say both, the same.
    thinking: textIn(delta.reasoning_content) || textIn(delta.reasoning) || contentIn(delta.content, 'thinking'),
    tools: Array.isArray(delta.tool_calls) ? delta.tool_calls.map(toolPiece) : [],
    isDone: isText(finishReason),
    finishReason,
    // Kimi counts inside the choice.
    usage: usageIn(fields(usage)) ?? usageIn(fields(choice.usage)),
    server: durationsIn(fields(timings)),
    isForeign: [error, choices, usage, timings, id, object].every((field) => field === undefined),
  }
}

/** Content is text, or a list of parts: text, thoughts, references and more. */
function contentIn(content: unknown, of: 'text' | 'thinking'): string {
  if (!Array.isArray(content)) return of === 'text' ? textIn(content) : ''
  return content
    .map((part) => {
      const { type, text, thinking } = fields(part)
      if (type === 'thinking') return of === 'thinking' ? textIn(thinking) || contentIn(thinking, 'text') : ''
      return of === 'text' && (type === 'text' || type === undefined) ? textIn(text) : ''
    })
    .join('')
}

function toolPiece(call: unknown): ToolPiece {
  const { index, id, function: called } = fields(call)
  const { name, arguments: given } = fields(called)
  return { index: numberOrNull(index), id: textOrNull(id), name: textOrNull(name), argumentsText: textIn(given) }
}

function usageIn(usage: Record<string, unknown>): Usage | null {
  const output = numberOrNull(usage.completion_tokens)
  if (output === null) return null
  const input = fields(usage.prompt_tokens_details)
  return {
    input: numberOrNull(usage.prompt_tokens),
    cached: numberOrNull(input.cached_tokens) ?? numberOrNull(usage.prompt_cache_hit_tokens),
    cacheWritten: numberOrNull(input.cache_write_tokens) ?? numberOrNull(usage.cache_creation_input_tokens),
    output,
    reasoning: numberOrNull(fields(usage.completion_tokens_details).reasoning_tokens),
  }
}

/** llama-server's own times, in its last chunk. */
function durationsIn(timings: Record<string, unknown>): ServerDurations | null {
  const [promptMs, answerMs] = [numberOrNull(timings.prompt_ms), numberOrNull(timings.predicted_ms)]
  return promptMs === null && answerMs === null ? null : { loadMs: null, promptMs, answerMs, totalMs: null }
}
