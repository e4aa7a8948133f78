import { createHash } from 'node:crypto'
import { tokensOf } from '../../engine/tokens'
import { nanoseconds } from '../manners/go-values'
import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import type { StoredModel } from '../models/model-store'
import type { Call } from './call'
import { readKeepAlive } from './details'
import { sendJson } from './json-replies'
import { readOptions } from './options'
import { nameIn } from './request-body'
import type { Simulated } from './simulated-server'

export async function embed(simulated: Simulated, call: Call): Promise<void> {
  const { body, response } = call
  const model = findEmbedder(simulated, nameIn(body))
  const beganAtMs = performance.now()
  const inputs = [body.input ?? []].flat().map(String)
  const loadMs = await load(simulated, model, call)
  if (inputs.length === 0) return sendJson(response, 200, { model: nameIn(body), embeddings: [] })
  refuseIfUnable(simulated, model)
  sendJson(response, 200, {
    model: nameIn(body),
    embeddings: inputs.map((text) => unitVector(model, text)),
    total_duration: nanoseconds(performance.now() - beganAtMs),
    load_duration: nanoseconds(loadMs),
    prompt_eval_count: tokenCount(inputs),
  })
}

export async function embeddings(simulated: Simulated, call: Call): Promise<void> {
  const { body, response } = call
  const model = findEmbedder(simulated, nameIn(body))
  await load(simulated, model, call)
  const prompt = String(body.prompt ?? '')
  if (prompt === '') return sendJson(response, 200, { embedding: [] })
  refuseIfUnable(simulated, model)
  sendJson(response, 200, { embedding: unitVector(model, prompt).map((value) => value * 10) })
}

export function findEmbedder({ store }: Simulated, name: string): StoredModel {
  const stored = store.find(name)
  if (!stored) throw new ServerError(404, `model "${name}" not found, try pulling it first`)
  return stored
}

/** Loads the model and lets go of it; the work itself is too short to simulate. */
export async function load(simulated: Simulated, model: StoredModel, { body, signal }: Call): Promise<number> {
  const beganAtMs = performance.now()
  const { scheduler } = simulated
  const options = readOptions(simulated, body)
  scheduler.giveBack(await scheduler.acquire(model, options, readKeepAlive(body.keep_alive), signal))
  return Math.max(0.2, performance.now() - beganAtMs)
}

/** The old version makes vectors of any model; the new one's runner must have been started for it. */
export function refuseIfUnable({ configuration }: Simulated, model: StoredModel): void {
  if (isOldStyle(configuration.version) || model.manifest.simulated.capabilities.includes('embedding')) return
  throw new ServerError(501, 'This server does not support embeddings. Start it with `--embeddings`')
}

export const tokenCount = (inputs: readonly string[]) =>
  inputs.reduce((sum, text) => sum + tokensOf(text).length + 2, 0)

/** A vector of length 1 that follows from the text alone. */
export function unitVector(model: StoredModel, text: string): number[] {
  const { embeddingLength } = model.manifest.simulated
  const seed = createHash('sha256').update(text).digest()
  let state = seed.readUInt32LE(0) % 2_147_483_647 || 1
  const vector = Array.from({ length: embeddingLength }, () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647 - 0.5
  })
  const norm = Math.hypot(...vector)
  return vector.map((value) => Number((value / norm).toPrecision(8)))
}
