import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import { parseModelName, shortName } from '../models/model-name'
import type { StoredModel } from '../models/model-store'
import type { Call } from './call'
import { findEmbedder, load, refuseIfUnable, tokenCount, unitVector } from './embeddings'
import { sendHandlerError, sendOpenAi } from './openai-error'
import type { Simulated } from './simulated-server'

const entry = (id: string, { modifiedAtMs, full }: StoredModel) => ({
  id,
  object: 'model',
  created: Math.floor(modifiedAtMs / 1000),
  owned_by: full.namespace,
})

export function openAiModels({ store }: Simulated, { response }: Call): void {
  const data = store.list().map((stored) => entry(stored.name, stored))
  sendOpenAi(response, { object: 'list', data: data.length > 0 ? data : null })
}

export function openAiModel({ store, configuration }: Simulated, { response, rest }: Call): void {
  const stored = store.find(rest)
  if (stored) {
    sendOpenAi(response, entry(rest, stored))
    return
  }
  const old = isOldStyle(configuration.version)
  const name = parseModelName(rest)
  sendHandlerError(response, 404, `model '${old || !name ? rest : shortName(name)}' not found`, old)
}

export async function openAiEmbeddings(simulated: Simulated, call: Call): Promise<void> {
  const { body, response } = call
  const inputs = [body.input ?? []].flat().map(String)
  if (inputs.length === 0) throw new ServerError(400, 'invalid input')
  const name = String(body.model ?? '')
  try {
    const model = findEmbedder(simulated, name)
    await load(simulated, model, call)
    refuseIfUnable(simulated, model)
    const tokens = tokenCount(inputs)
    const data = inputs.map((text, index) => ({ object: 'embedding', embedding: unitVector(model, text), index }))
    sendOpenAi(response, { object: 'list', data, model: name, usage: { prompt_tokens: tokens, total_tokens: tokens } })
  } catch (error) {
    if (!(error instanceof ServerError)) throw error
    sendHandlerError(response, error.status, error.message, isOldStyle(simulated.configuration.version))
  }
}
