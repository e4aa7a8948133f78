import { z } from 'zod'
import { isLocalRegistry, type ModelName } from '../../../shared/ollama/model-name'
import { within } from '../../platform/time-limit'

const patienceMs = 8000
const mostBytes = 4 * 2 ** 20

const Layer = z.object({ size: z.number().int().nonnegative(), digest: z.string().optional() })
const Manifest = z.object({ config: Layer, layers: z.array(Layer) })

/** What a model weighs, and the files it is made of in the order in which Ollama fetches them ("sha256:<hex>"). */
export type RegistryManifest = { sizeBytes: number; digests: string[] }

/**
 * The manifest of a model: the same document that Ollama reads first, from the same host and no other.
 * Null where the registry does not answer, wants an account, or answers something else.
 */
export async function readManifest(name: ModelName, signal: AbortSignal): Promise<RegistryManifest | null> {
  const { host, namespace, model, tag } = name
  const scheme = isLocalRegistry(name) ? 'http' : 'https'
  try {
    const text = await within(patienceMs, signal, async (limited) => {
      const answer = await fetch(`${scheme}://${host}/v2/${namespace}/${model}/manifests/${tag}`, {
        headers: { Accept: 'application/vnd.docker.distribution.manifest.v2+json' },
        redirect: 'error',
        signal: limited,
      })
      return boundedText(answer)
    })
    const { config, layers } = Manifest.parse(JSON.parse(text))
    const files = [...layers, config]
    return {
      sizeBytes: files.reduce((sum, { size }) => sum + size, 0),
      digests: files.flatMap(({ digest }) => digest ?? []),
    }
  } catch {
    return null
  }
}

/** The body of a good answer; one that never ends is given up. */
async function boundedText(answer: Response): Promise<string> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of answer.body ?? []) {
    sizeBytes += chunk.length
    if (!answer.ok || sizeBytes > mostBytes) throw new Error('not a manifest')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}
