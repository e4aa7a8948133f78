import { type ModelName, parseModelName } from '../../../shared/ollama/model-name'
import type { RegistryManifest } from './registry-manifest'

type Read = (name: ModelName, signal: AbortSignal) => Promise<RegistryManifest | null>

/** What the registries told of the models that were pulled since Corral began: each is asked once. */
export class Manifests {
  readonly #known = new Map<string, RegistryManifest>()

  constructor(private readonly read: Read) {}

  known(model: string): RegistryManifest | null {
    return this.#known.get(model) ?? null
  }

  /** Null where the registry does not tell. */
  async of(model: string, signal: AbortSignal): Promise<RegistryManifest | null> {
    const name = parseModelName(model)
    if ('problem' in name) return null
    const manifest = this.known(model) ?? (await this.read(name, signal).catch(() => null))
    if (manifest) this.#known.set(model, manifest)
    return manifest
  }
}
