import type { InstalledModel, ModelDetails } from '../../../shared/contract/models'
import { Failure } from '../../../shared/failure'
import { goUnquoted } from '../../../shared/ollama/go-quoted'
import { countIn, Entry, namedEntries, type TellOdd, tellOddOf } from '../../wire/entry'
import { fields, textOrNull } from '../../wire/fields'

/** /api/tags, in both versions' shapes, entry by entry; `ollamaFailed` where it is something else. */
export function installedIn(answer: unknown, tell: TellOdd = () => {}): InstalledModel[] {
  const named = namedEntries('/api/tags', answer, tell)
  if (named === null) throw new Failure('ollamaFailed', JSON.stringify(answer)?.slice(0, 500))
  return named.map(({ name, entry }) => {
    const details = entry.object('details')
    const model = {
      name,
      sizeBytes: entry.count('size'),
      digest: entry.text('digest') ?? '',
      parameterSize: details.text('parameter_size'),
      quantization: known(details.text('quantization_level')),
      family: details.text('family'),
      contextLength: details.count('context_length') || null,
      capabilities: entry.texts('capabilities'),
      modifiedAtMs: entry.time('modified_at') ?? 0,
    }
    tellOddOf('/api/tags', name, [entry, details], tell)
    return model
  })
}

const known = (quantization: string | null) => (quantization === 'unknown' ? null : quantization)

/** /api/show: what a person wants of the GGUF header, by the name of the architecture it uses. */
export function detailsIn(name: string, answer: unknown, tell: TellOdd = () => {}): ModelDetails {
  const show = new Entry(answer)
  const info = fields(show.raw('model_info'))
  const details = show.object('details')
  const architecture = textOrNull(info['general.architecture'])
  const count = (key: string) => {
    const value = info[key] ?? info[`${architecture}.${key}`]
    // Some models have another count in each layer, and none in some.
    return countIn(Array.isArray(value) ? value.find((item) => (countIn(item) ?? 0) > 0) : value)
  }
  const told = {
    template: show.text('template') ?? '',
    system: show.text('system') ?? '',
    license: show.texts('license').join('\n\n'),
    modelfile: show.text('modelfile') ?? '',
  }
  const capabilities = show.texts('capabilities')
  const read = {
    name,
    architecture,
    parameterCount: count('general.parameter_count'),
    contextLength: count('context_length'),
    embeddingLength: count('embedding_length'),
    blockCount: count('block_count'),
    headCount: count('attention.head_count'),
    keyValueHeadCount: count('attention.head_count_kv'),
    quantization: known(details.text('quantization_level')),
    format: details.text('format'),
    capabilities:
      capabilities.length > 0
        ? capabilities
        : derivedCapabilities(show, told.template, `${architecture}.pooling_type` in info),
    parameters: parametersIn(show.text('parameters') ?? ''),
    ...told,
  }
  tellOddOf('/api/show', name, [show, details], tell)
  return read
}

/** Old servers do not tell capabilities: they follow from the template and the header (ollama.md, 3). */
function derivedCapabilities(show: Entry, template: string, hasPooling: boolean) {
  if (hasPooling) return ['embedding']
  return [
    'completion',
    ...(template.includes('.Tools') ? ['tools'] : []),
    ...(template.includes('.Suffix') ? ['insert'] : []),
    ...(show.raw('projector_info') ? ['vision'] : []),
  ]
}

const parametersIn = (lines: string) =>
  lines
    .split('\n')
    .map((line) => /^(\S+)\s+(.*)$/.exec(line.trim()))
    .flatMap((match) => (match ? [{ name: match[1] ?? '', value: goUnquoted(match[2] ?? '') }] : []))

/**
 * The weights' file by its own name, the one thing of it that a runner's arguments surely tell: the folders above it may
 * hold whatever a path can. Null where the Modelfile starts from something else.
 */
export function weightsFileIn({ modelfile }: Pick<ModelDetails, 'modelfile'>): string | null {
  const from = modelfile.split('\n').find((line) => /^FROM\s/i.test(line))
  return /(sha256[-:][0-9a-f]+)"?\s*$/.exec(from ?? '')?.[1] ?? null
}
