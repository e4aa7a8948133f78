import { Failure } from '../../../shared/failure'
import type { BenchPlan } from '../../../shared/measure/result'
import { isSameModel } from '../../../shared/ollama/model-name'
import { askJson } from '../../wire/ask'
import { fields, numberOrNull, textOrNull } from '../../wire/fields'
import { loadedModelsIn } from '../../wire/loaded-models'
import type { Sockets } from '../../wire/sockets'
import type { Target } from './generator-messages'

export const sampling = { temperature: 0, topP: 1, repeatPenalty: 1, seed: 42 }

const answerLimitMs = 10_000
/** Long enough that the model stays through a step whose requests wait in a queue. */
const keepAliveSeconds = 1800

/** The server, and the sockets to it. */
type At = { sockets: Sockets; baseUrl: string }

/** The installed model as the server lists it; a failure when it is not there. */
export async function findModel(at: At, name: string) {
  const found = named(await ask(at, '/api/tags'), name)
  if (!found) throw new Failure('modelNotFound', name)
  const details = fields(found.details)
  return {
    digest: textOrNull(found.digest),
    sizeBytes: numberOrNull(found.size),
    parameterSize: textOrNull(details.parameter_size),
    quantization: textOrNull(details.quantization_level),
  }
}

export async function serverVersion(at: At): Promise<string | null> {
  return textOrNull(fields(await ask(at, '/api/version')).version)
}

/** The model as it lies in memory, and how long it was to stay; null when it is not loaded. */
export async function loadedModel(at: At, name: string) {
  const found = loadedModelsIn(await ask(at, '/api/ps')).find((model) => isSameModel(model.name, name))
  if (!found) return null
  const { sizeBytes, vramBytes, contextLength, expiresAtMs, staysForEver } = found
  const leftMs = staysForEver ? null : (expiresAtMs ?? 0) - Date.now()
  return { server: { loadedBytes: sizeBytes || null, vramBytes, contextLength }, kept: { leftMs } }
}

/** Loads the model with the plan's context and says how long it took, ms: an empty request's answer carries no times of its own. */
export async function loadModel(at: At, plan: BenchPlan, signal: AbortSignal): Promise<number> {
  const options = { num_ctx: plan.contextLength }
  const body = { model: plan.model.name, stream: false, keep_alive: keepAliveSeconds, options }
  const beganMs = performance.now()
  await askJson({ sockets: at.sockets, baseUrl: at.baseUrl, path: '/api/generate', body, signal })
  return performance.now() - beganMs
}

/** The body of one measured request. Raw, so that the nonce is the first thing the model reads; nothing left to defaults. */
export function requestBody(plan: BenchPlan, prompt: string, answerTokens: number): string {
  return JSON.stringify({
    model: plan.model.name,
    prompt,
    raw: true,
    stream: true,
    keep_alive: keepAliveSeconds,
    options: {
      num_ctx: plan.contextLength,
      num_predict: answerTokens,
      temperature: sampling.temperature,
      top_p: sampling.topP,
      repeat_penalty: sampling.repeatPenalty,
      seed: sampling.seed,
    },
  })
}

async function ask(at: At, path: string) {
  return await askJson({
    sockets: at.sockets,
    baseUrl: at.baseUrl,
    path,
    signal: AbortSignal.timeout(answerLimitMs),
  }).catch((error: unknown) => {
    throw Failure.from(error, 'serverNotReady')
  })
}

function named(list: unknown, name: string): Record<string, unknown> | null {
  const { models } = fields(list)
  const all = Array.isArray(models) ? models.map(fields) : []
  return all.find((model) => isSameModel(String(model.name), name)) ?? null
}

/** Where the load generator sends its requests. */
export function targetOf(baseUrl: string): Target {
  const { hostname, port } = new URL(baseUrl)
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: Number(port || 80),
    protocol: 'ollama',
    path: '/api/generate',
    probePath: '/api/version',
  }
}
