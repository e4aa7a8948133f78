import type { Configuration, Registry, SimulatedModel } from '../../configuration'
import { isOlder } from '../manners/version-style'
import { catalogue } from './catalogue'
import { failingNames, newerVersionNeeded } from './failing-names'
import { type ModelName, shortName } from './model-name'

/** An error that arrives in the stream, after "pulling manifest". */
export class PullRefused extends Error {
  constructor(
    message: string,
    /** What the log says of a registry that could not be asked. */
    readonly logLine: string | null = null,
  ) {
    super(message)
  }
}

const notThere = 'pull model manifest: file does not exist'

/** The model a name stands for, with the registry it comes from; or the refusal in the words of the real one. */
export function lookUp(
  configuration: Configuration,
  name: ModelName,
  isInsecure: boolean,
): { model: SimulatedModel; registry: Registry | null } {
  const short = shortName(name)
  if (failingNames[short]) throw new PullRefused(failingNames[short])
  if (configuration.faults.pullError) throw new PullRefused(configuration.faults.pullError)
  if (name.host === 'registry.ollama.ai') return { model: fromLibrary(configuration, name), registry: null }
  if (name.host === 'hf.co' || name.host === 'huggingface.co') return { model: fromHuggingFace(name), registry: null }
  return fromRegistry(configuration, name, isInsecure)
}

/** A model of the library by the name it has there; null where there is none. */
export function libraryModel(configuration: Configuration, name: ModelName): SimulatedModel | null {
  const short = shortName(name)
  const known = [...configuration.library, ...catalogue].find((model) => withTag(model.name) === short)
  return known ?? derived(name)
}

function fromLibrary(configuration: Configuration, name: ModelName): SimulatedModel {
  const model = libraryModel(configuration, name)
  if (!model) throw new PullRefused(notThere)
  if (model.minimumVersion && isOlder(configuration.version, model.minimumVersion)) {
    throw new PullRefused(`pull model manifest: 412: ${newerVersionNeeded()}`)
  }
  return model
}

function fromRegistry({ registries }: Configuration, name: ModelName, isInsecure: boolean) {
  const registry = registries[name.host]
  const url = `${isInsecure ? 'http' : 'https'}://${name.host}/v2/${name.namespace}/${name.model}/manifests/${name.tag}`
  const fails = (problem: string) => {
    const failure = `Get "${url}": ${problem}`
    return new PullRefused(`pull model manifest: ${failure}`, `request failed: ${failure}`)
  }
  if (!registry) {
    const bare = name.host.replace(/:\d+$/, '')
    throw fails(
      /^(127\.|localhost$|\[::1\])/.test(bare)
        ? `dial tcp ${name.host.replace('localhost', '127.0.0.1')}: connect: connection refused`
        : `dial tcp: lookup ${bare}: no such host`,
    )
  }
  // Without "insecure" it speaks TLS, whatever scheme the name had: ollama.md, 3.
  if (registry.scheme === 'http' && !isInsecure) throw fails('tls: first record does not look like a TLS handshake')
  if (registry.refuses) throw new PullRefused('pull model manifest: unauthorized: access denied')
  const model = registry.models.find((known) => withTag(known.name) === `${name.model}:${name.tag}`)
  if (!model) throw new PullRefused(notThere)
  return { model, registry }
}

const withTag = (text: string) => (text.includes(':') ? text : `${text}:latest`)

const bitsPerWeight: Record<string, number> = {
  q8_0: 8.5,
  q6_k: 6.6,
  q5_k_m: 5.7,
  q4_k_m: 4.83,
  q4_k_s: 4.6,
  q4_0: 4.55,
  q3_k_m: 3.9,
  q2_k: 3.35,
  fp16: 16,
}

/** Other quantizations of a model that the library has: the size follows the bits. */
function derived(name: ModelName): SimulatedModel | null {
  const [, size, quantization = ''] = /^(\d+(?:\.\d+)?b)(?:-[a-z]+)*-(\w+)$/i.exec(name.tag) ?? []
  const base = catalogue.find(
    (known) => known.name.startsWith(`${name.model}:`) && (!size || known.name.includes(`:${size}`)),
  )
  if (!base) return null
  if (name.tag === 'latest') return { ...base, name: shortName(name) }
  const bits = bitsPerWeight[quantization.toLowerCase()]
  if (bits === undefined) return null
  return {
    ...base,
    name: shortName(name),
    quantization: quantization.toUpperCase().replace('FP16', 'F16'),
    sizeBytes: Math.round((base.parameterCount * bits) / 8),
  }
}

/** A repository of GGUF files: the parameters from its name, the quantization from the tag. */
function fromHuggingFace(name: ModelName): SimulatedModel {
  const billions = Number(/(\d+(?:\.\d+)?)b/i.exec(name.model)?.[1] ?? 7)
  const base = [...catalogue]
    .filter((known) => known.capabilities.includes('completion'))
    .sort(
      (one, other) => Math.abs(one.parameterCount / 1e9 - billions) - Math.abs(other.parameterCount / 1e9 - billions),
    )
    .at(0)
  if (!base || !/gguf/i.test(name.model)) throw refused('Repository is not GGUF or is not compatible with llama.cpp')
  const quantization = name.tag === 'latest' ? 'Q4_K_M' : name.tag.toUpperCase()
  const bits = bitsPerWeight[quantization.toLowerCase()]
  if (bits === undefined) {
    throw refused('The specified tag is not a valid quantization scheme. Please use another tag or "latest"')
  }
  return { ...base, name: shortName(name), quantization, sizeBytes: Math.round((base.parameterCount * bits) / 8) }
}

const refused = (error: string) => new PullRefused(`pull model manifest: 400: ${JSON.stringify({ error })}`)
