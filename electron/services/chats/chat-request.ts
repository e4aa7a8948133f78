import { z } from 'zod'
import type { ChatParameters } from '../../../shared/contract/chats'
import { within } from '../../platform/time-limit'
import { askJson } from '../../wire/ask'
import type { PastTurn } from './chat-store'

/** The body of /api/chat. Every option is explicit: Ollama's defaults differ by version (ollama.md, 8). */
export function chatBody(model: string, parameters: ChatParameters, seed: number, past: readonly PastTurn[]) {
  const said = past.flatMap(({ question, answer }, place) => {
    const asked = [{ role: 'user', content: question }]
    // The last turn is the one to answer: an earlier answer to it must not be seen.
    return answer === null || place === past.length - 1 ? asked : [...asked, { role: 'assistant', content: answer }]
  })
  return {
    model,
    messages: parameters.system.trim() === '' ? said : [{ role: 'system', content: parameters.system }, ...said],
    stream: true,
    options: {
      num_ctx: parameters.contextLength,
      temperature: parameters.temperature,
      top_p: parameters.topP,
      seed,
      num_predict: parameters.maximumTokens ?? -1,
    },
  }
}

const patienceMs = 2000

const Running = z.object({ models: z.array(z.object({ name: z.string() })).nullish() })

/** Whether the model is in memory already. Unknown counts as yes: a wait is then called a wait, not a load. */
export async function isLoaded(baseUrl: string, model: string, signal: AbortSignal): Promise<boolean> {
  try {
    const { models } = Running.parse(
      await within(patienceMs, signal, (limited) => askJson({ baseUrl, path: '/api/ps', signal: limited })),
    )
    return (models ?? []).some(({ name }) => fullName(name) === fullName(model))
  } catch {
    return true
  }
}

const fullName = (name: string) => {
  const lower = name.toLowerCase()
  return /:[^/]*$/.test(lower) ? lower : `${lower}:latest`
}
