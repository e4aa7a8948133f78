import { createHash } from 'node:crypto'
import type { SimulatedModel } from '../../configuration'

export type Layer = { mediaType: string; digest: string; size: number }

export type Manifest = {
  schemaVersion: 2
  mediaType: string
  config: Layer
  layers: Layer[]
  /** What there would be to read in the weights, were there any. It also marks a manifest as the simulator's. */
  simulated: SimulatedModel
}

export const sha256 = (text: string | Buffer) => createHash('sha256').update(text).digest('hex')

const kind = (name: string) => `application/vnd.ollama.image.${name}`

const defaultTemplate = '{{ if .System }}{{ .System }} {{ end }}{{ .Prompt }} {{ .Response }}'

export const templateOf = (model: SimulatedModel) => model.template ?? defaultTemplate

/** What tells one file of weights from another: models of the same weights share their blob. */
const weightsDigest = (model: SimulatedModel) =>
  sha256(`${model.family} ${model.parameterCount} ${model.quantization} ${model.sizeBytes} ${model.isDamaged ?? false}`)

/** The layers a pull of this model brings, the weights first. */
export function manifestOf(model: SimulatedModel): Manifest {
  const weights = weightsDigest(model)
  const texts = Object.entries({
    template: templateOf(model),
    license: model.license,
    params: model.parameters ? JSON.stringify(model.parameters) : undefined,
  }).flatMap(([name, text]) => (text === undefined ? [] : [textLayer(name, text)]))
  return {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      digest: `sha256:${sha256(`config ${weights}`)}`,
      size: 410,
    },
    layers: [{ mediaType: kind('model'), digest: `sha256:${weights}`, size: model.sizeBytes }, ...texts],
    simulated: model,
  }
}

export const textLayer = (name: string, text: string): Layer => ({
  mediaType: kind(name),
  digest: `sha256:${sha256(text)}`,
  size: Buffer.byteLength(text),
})

export const blobsOf = (manifest: Manifest): Layer[] => [...manifest.layers, manifest.config]

export const totalBytes = (manifest: Manifest) => blobsOf(manifest).reduce((sum, layer) => sum + layer.size, 0)
