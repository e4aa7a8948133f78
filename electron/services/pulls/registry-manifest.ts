import { z } from 'zod'
import { isLocalRegistry, type ModelName } from '../../../shared/ollama/model-name'
import { within } from '../../platform/time-limit'
import { askJson } from '../../wire/ask'
import type { Sockets } from '../../wire/sockets'

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
export async function readManifest(
  socketsTo: (address: URL) => Sockets,
  name: ModelName,
  signal: AbortSignal,
): Promise<RegistryManifest | null> {
  const { host, namespace, model, tag } = name
  const baseUrl = `${isLocalRegistry(name) ? 'http' : 'https'}://${host}`
  try {
    const answer = await within(patienceMs, signal, (limited) =>
      askJson(
        {
          sockets: socketsTo(new URL(baseUrl)),
          baseUrl,
          path: `/v2/${namespace}/${model}/manifests/${tag}`,
          headers: { Accept: 'application/vnd.docker.distribution.manifest.v2+json' },
          signal: limited,
        },
        mostBytes,
      ),
    )
    const { config, layers } = Manifest.parse(answer)
    // One file may stand there twice, as two licenses of the same words do; it is fetched once.
    const files = [...layers, config].filter(
      ({ digest }, place, all) => !digest || all.findIndex((other) => other.digest === digest) === place,
    )
    return {
      sizeBytes: files.reduce((sum, { size }) => sum + size, 0),
      digests: files.flatMap(({ digest }) => digest || []),
    }
  } catch {
    return null
  }
}
