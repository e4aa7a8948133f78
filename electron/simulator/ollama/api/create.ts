import type { SimulatedModel } from '../../configuration'
import { ServerError } from '../manners/server-error'
import { isOldStyle } from '../manners/version-style'
import { type Layer, type Manifest, textLayer } from '../models/manifest'
import { parseModelName } from '../models/model-name'
import type { StoredModel } from '../models/model-store'
import type { Call } from './call'
import { lineStream, sendJson } from './json-replies'
import { type Body, nameIn } from './request-body'
import type { Simulated } from './simulated-server'

type Record = { status: string } | { error: string; status?: number }

/** Makes a model from one that is there, with other texts and options; there are no files to make one from. */
export function create(simulated: Simulated, { body, response }: Call): void {
  const old = isOldStyle(simulated.configuration.version)
  const name = parseModelName(nameIn(body))
  if (!name) throw new ServerError(400, 'invalid model name')
  const fails = (error: string): Record[] => [{ error, ...(old ? { status: 400 } : {}) }]
  const stored = body.from ? simulated.store.find(String(body.from)) : null
  if (!body.files && !body.from && !old) {
    sendJson(response, 400, { error: nothingGiven }, 'application/json')
    return
  }
  let records: Record[]
  if (body.files) records = [{ status: 'parsing GGUF' }, ...fails(fileProblem(simulated, body.files))]
  else if (!body.from) records = fails(nothingGiven)
  else if (!stored) records = [{ status: 'pulling manifest' }, { error: 'pull model manifest: file does not exist' }]
  else {
    const { manifest, fresh } = derived(stored, body)
    records = [
      ...manifest.layers.map((layer) => ({
        status: `${fresh.includes(layer) ? 'creating new' : 'using existing'} layer ${layer.digest}`,
      })),
      { status: 'writing manifest' },
      { status: 'success' },
    ]
    simulated.store.write(name, manifest)
  }
  const last = records.at(-1)
  if (body.stream === false) {
    sendJson(response, last && 'error' in last ? 500 : 200, last, 'application/json')
    return
  }
  const stream = lineStream(response)
  for (const record of records) stream.line(record)
  stream.end()
}

const nothingGiven = "neither 'from' or 'files' was specified"

function fileProblem({ store }: Simulated, files: unknown): string {
  const digest = String(Object.values(files as Body)[0] ?? '')
  return store.blobs.has(digest)
    ? 'supplied file was not in GGUF format'
    : `open ${store.blobs.file(digest)}: no such file or directory`
}

/** The model with what the request changes, and the layers that were not there before. */
function derived({ manifest }: StoredModel, body: Body): { manifest: Manifest; fresh: Layer[] } {
  const changes: Partial<SimulatedModel> = {
    ...(body.template ? { template: String(body.template) } : {}),
    ...(body.system ? { system: String(body.system) } : {}),
    ...(body.license ? { license: String(body.license) } : {}),
    ...(body.parameters
      ? { parameters: { ...manifest.simulated.parameters, ...(body.parameters as SimulatedModel['parameters']) } }
      : {}),
  }
  const fresh = Object.entries(changes).map(([key, value]) =>
    key === 'parameters' ? textLayer('params', JSON.stringify(value)) : textLayer(key, String(value)),
  )
  const kept = manifest.layers.filter((layer) => !fresh.some((one) => one.mediaType === layer.mediaType))
  return {
    manifest: { ...manifest, layers: [...kept, ...fresh], simulated: { ...manifest.simulated, ...changes } },
    fresh,
  }
}
