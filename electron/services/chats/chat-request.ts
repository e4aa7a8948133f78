import type { ChatParameters } from '../../../shared/contract/chats'
import type { PastTurn } from './chat-store'

/**
 * The body of /api/chat. Options are explicit, since Ollama's defaults differ by version (ollama.md, 8). A context that
 * nobody chose is left to the server: a number of ours would make it load the model again for whoever asks for none.
 */
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
      ...(parameters.contextLength === null ? {} : { num_ctx: parameters.contextLength }),
      temperature: parameters.temperature,
      top_p: parameters.topP,
      seed,
      num_predict: parameters.maximumTokens ?? -1,
    },
  }
}
