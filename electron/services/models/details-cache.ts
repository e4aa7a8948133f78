import type { InstalledModel, ModelDetails } from '../../../shared/contract/models'
import { weightsFileIn } from './model-answers'

type Needs = {
  ask: (name: string) => Promise<ModelDetails>
  /** What is under that name now: another model may take the name over. */
  digestOf: (name: string) => string
}

/** What a server tells of each model, asked once for as long as the model stays the same. */
export class DetailsCache {
  readonly #details = new Map<string, ModelDetails>()

  constructor(private readonly needs: Needs) {}

  has(name: string): boolean {
    return this.#details.has(this.#key(name))
  }

  async of(name: string): Promise<ModelDetails> {
    const key = this.#key(name)
    const known = this.#details.get(key)
    if (known) return known
    const details = await this.needs.ask(name)
    this.#details.set(key, details)
    return details
  }

  /** The file that holds a model's weights, by its own name; null where the server does not tell. */
  async weightsFileOf(name: string): Promise<string | null> {
    const details = await this.of(name).catch(() => null)
    return details && weightsFileIn(details)
  }

  /** A listed model with what old servers do not list, as far as it has been asked. */
  fill(model: InstalledModel): InstalledModel {
    const details = this.#details.get(keyOf(model.name, model.digest))
    if (!details) return model
    return {
      ...model,
      contextLength: model.contextLength ?? details.contextLength,
      capabilities: model.capabilities.length > 0 ? model.capabilities : details.capabilities,
    }
  }

  #key(name: string) {
    return keyOf(name, this.needs.digestOf(name))
  }
}

const keyOf = (name: string, digest: string) => `${name} ${digest}`
