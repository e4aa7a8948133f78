import type { ServerResponse } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { catalogue, failingNames } from './catalogue'
import type { Registry, SimulatedModel } from './configuration'
import { type ModelName, shortName } from './model-name'
import { type Layer, type Manifest, manifestOf } from './model-store'
import type { Simulated } from './simulated-server'

/** An error that arrives in the stream, after "pulling manifest". */
export class PullRefused extends Error {}

type Manner = { scheme: string; isInsecure: boolean }
type Progress = { status: string; digest?: string; total?: number; completed?: number }

const tickMs = 60
const downloads = new Map<string, { completedBytes: number; clientCount: number }>()

/** Pulls a model layer by layer. What an earlier pull has brought stays; a client that leaves ends the pull, not the bytes. */
export async function pull(
  simulated: Simulated,
  name: ModelName,
  manner: Manner,
  tell: (record: Progress) => void,
  response: ServerResponse,
): Promise<void> {
  const { store, configuration } = simulated
  tell({ status: 'pulling manifest' })
  const { model, registry } = lookUp(simulated, name, manner)
  const manifest = manifestOf(model)
  await pause(5)
  if (configuration.faults.pullError) throw new PullRefused(configuration.faults.pullError)
  for (const layer of [...manifest.layers, manifest.config]) {
    if (response.destroyed) return
    await bring(simulated, layer, registry, tell, response)
  }
  if (response.destroyed) return
  tell({ status: 'verifying sha256 digest' })
  if (registry?.corruptBlob) {
    const digest = manifest.layers[0]?.digest ?? ''
    throw new PullRefused(
      `digest mismatch, file must be downloaded again: want ${digest}, got sha256:${'0'.repeat(64)}`,
    )
  }
  tell({ status: 'writing manifest' })
  store.write(name, named(manifest, name))
}

const named = (manifest: Manifest, name: ModelName): Manifest => ({
  ...manifest,
  simulated: { ...manifest.simulated, name: shortName(name) },
})

async function bring(
  { store, configuration }: Simulated,
  layer: Layer,
  registry: Registry | null,
  tell: (record: Progress) => void,
  response: ServerResponse,
) {
  const tellProgress = (completed: number) =>
    tell({
      status: `pulling ${layer.digest.slice(7, 19)}`,
      digest: layer.digest,
      total: layer.size,
      ...(completed > 0 ? { completed: Math.floor(completed) } : {}),
    })
  if (store.hasBlob(layer.digest)) return tellProgress(layer.size)
  if (registry?.missingBlob) throw new PullRefused('file does not exist')
  if (registry?.mode === 'plain') throw new PullRefused('http: no Location header in response')
  const shared = downloads.get(layer.digest) ?? { completedBytes: store.partialBytes(layer.digest), clientCount: 0 }
  downloads.set(layer.digest, shared)
  const isLeader = shared.clientCount++ === 0
  const beganAtMs = performance.now()
  const beganBytes = shared.completedBytes
  let savedBytes = beganBytes
  try {
    while (shared.completedBytes < layer.size && !response.destroyed) {
      await pause(tickMs)
      if (isLeader || shared.clientCount === 1) {
        const limit = configuration.faults.pullStallsAtBytes ?? Number.POSITIVE_INFINITY
        const arrived = beganBytes + ((performance.now() - beganAtMs) / 1000) * configuration.pullBytesPerSecond
        shared.completedBytes = Math.max(
          shared.completedBytes,
          Math.min(layer.size, arrived, Math.max(limit, beganBytes)),
        )
        if (shared.completedBytes - savedBytes > layer.size / 200) {
          store.writePartial(layer.digest, shared.completedBytes)
          savedBytes = shared.completedBytes
        }
      }
      if (!response.destroyed && shared.completedBytes < layer.size) tellProgress(shared.completedBytes)
    }
  } finally {
    shared.clientCount--
    if (shared.clientCount === 0) downloads.delete(layer.digest)
    if (shared.completedBytes < layer.size) store.writePartial(layer.digest, shared.completedBytes)
  }
  if (shared.completedBytes >= layer.size) {
    store.writeBlob(layer.digest)
    if (!response.destroyed) tellProgress(layer.size)
  }
}

/** Finds the model in its registry, or refuses in the words of the real one. */
function lookUp(
  { configuration }: Simulated,
  name: ModelName,
  { scheme, isInsecure }: Manner,
): { model: SimulatedModel; registry: Registry | null } {
  const short = shortName(name)
  const failing = failingNames[short]
  if (failing) throw new PullRefused(failing)
  if (name.host === 'registry.ollama.ai') {
    const model = catalogue.find((known) => shortNameOf(known.name) === short) ?? derived(name)
    if (!model) throw new PullRefused('pull model manifest: file does not exist')
    return { model, registry: null }
  }
  if (name.host === 'hf.co' || name.host === 'huggingface.co') return { model: fromHuggingFace(name), registry: null }
  const path = `/v2/${name.namespace}/${name.model}/manifests/${name.tag}`
  const registry = configuration.registries[name.host]
  if (registry && registry.scheme === 'http' && !isInsecure) {
    throw new PullRefused(`pull model manifest: Get "https://${name.host}${path}": ${plainAnswer(scheme)}`)
  }
  if (!registry) {
    const problem = /^(127\.|localhost|\[::1\])/.test(name.host)
      ? `dial tcp ${name.host.replace('localhost', '127.0.0.1')}: connect: connection refused`
      : `dial tcp: lookup ${name.host.replace(/:\d+$/, '')}: no such host`
    throw new PullRefused(
      `pull model manifest: Get "${isInsecure ? 'http' : 'https'}://${name.host}${path}": ${problem}`,
    )
  }
  if (registry.refuses) throw new PullRefused('pull model manifest: unauthorized: access denied')
  const model = registry.models.find((known) => known.name === `${name.model}:${name.tag}`)
  if (!model) throw new PullRefused('pull model manifest: file does not exist')
  return { model, registry }
}

// Seen with a Python registry behind the port: Go's client says it of any server that does not speak TLS.
const plainAnswer = (_scheme: string) => 'tls: first record does not look like a TLS handshake'

const shortNameOf = (text: string) => (text.includes(':') ? text : `${text}:latest`)

/** Other quantizations of a model that the library has: the size follows the bits. */
function derived(name: ModelName): SimulatedModel | null {
  const bits: Record<string, number> = {
    q8_0: 8.5,
    q6_K: 6.6,
    q5_K_M: 5.7,
    q4_K_M: 4.83,
    q4_0: 4.55,
    q3_K_M: 3.9,
    q2_K: 3.35,
    fp16: 16,
  }
  const [, size, quantization] = /^(\d+(?:\.\d+)?b)(?:-[a-z]+)*-(\w+)$/.exec(name.tag) ?? []
  const base = catalogue.find(
    (known) => known.name.startsWith(`${name.model}:`) && (!size || known.name.includes(`:${size}`)),
  )
  if (!base) return null
  if (name.tag === 'latest') return { ...base, name: shortName(name) }
  const perWeight = bits[quantization ?? '']
  if (!perWeight) return null
  return {
    ...base,
    name: shortName(name),
    quantization: (quantization ?? '').toUpperCase().replace('FP16', 'F16'),
    sizeBytes: Math.round((base.parameterCount * perWeight) / 8),
  }
}

function fromHuggingFace(name: ModelName): SimulatedModel {
  const billions = Number(/(\d+(?:\.\d+)?)b/i.exec(name.model)?.[1] ?? 7)
  const base =
    catalogue.find((known) => known.parameterCount >= billions * 0.9e9 && known.parameterCount <= billions * 1.2e9) ??
    catalogue[2]
  if (!base) throw new PullRefused('pull model manifest: file does not exist')
  return {
    ...base,
    name: shortName(name),
    quantization: name.tag.toUpperCase() === 'LATEST' ? 'Q4_K_M' : name.tag.toUpperCase(),
  }
}
