import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import type { SimulatedModel } from './configuration'
import { type ModelName, shortName } from './model-name'

export type Layer = { mediaType: string; digest: string; size: number }
export type Manifest = {
  schemaVersion: 2
  mediaType: string
  config: Layer
  layers: Layer[]
  simulated: SimulatedModel
}
export type StoredModel = { name: string; manifest: Manifest; digest: string; modifiedAtMs: number }

const hex = (text: string) => createHash('sha256').update(text).digest('hex')
const kind = (name: string) => `application/vnd.ollama.image.${name}`

/** The layers a pull of this model brings, the weights first; names of the same weights share their blob. */
export function manifestOf(model: SimulatedModel): Manifest {
  const weights = hex(`${model.family} ${model.parameterCount} ${model.quantization} ${model.sizeBytes}`)
  const small = [
    { mediaType: kind('template'), size: 1481 },
    { mediaType: kind('license'), size: 7711 },
    { mediaType: kind('params'), size: 96 },
  ]
  const smallBytes = small.reduce((sum, layer) => sum + layer.size, 0) + 562
  return {
    schemaVersion: 2,
    mediaType: 'application/vnd.docker.distribution.manifest.v2+json',
    config: {
      mediaType: 'application/vnd.docker.container.image.v1+json',
      digest: `sha256:${hex(`config ${weights}`)}`,
      size: 562,
    },
    layers: [
      { mediaType: kind('model'), digest: `sha256:${weights}`, size: Math.max(1, model.sizeBytes - smallBytes) },
      ...small.map((layer) => ({ ...layer, digest: `sha256:${hex(`${layer.mediaType} ${model.family}`)}` })),
    ],
    simulated: model,
  }
}

/** The models folder, laid out as Ollama lays it out; blobs are a few bytes that stand for the real ones. */
export class ModelStore {
  constructor(readonly folder: string) {
    mkdirSync(this.blobs, { recursive: true })
    mkdirSync(join(folder, 'manifests'), { recursive: true })
  }

  get blobs(): string {
    return join(this.folder, 'blobs')
  }

  blobFile(digest: string): string {
    return join(this.blobs, digest.replace(':', '-'))
  }

  hasBlob(digest: string): boolean {
    return statSync(this.blobFile(digest), { throwIfNoEntry: false }) !== undefined
  }

  writeBlob(digest: string): void {
    writeFileSync(this.blobFile(digest), 'simulated\n')
    rmSync(this.#partialFile(digest), { force: true })
  }

  /** How much of a blob an earlier pull has brought. */
  partialBytes(digest: string): number {
    try {
      return Number(readFileSync(this.#partialFile(digest), 'utf8'))
    } catch {
      return 0
    }
  }

  writePartial(digest: string, completedBytes: number): void {
    writeFileSync(this.#partialFile(digest), String(Math.floor(completedBytes)))
  }

  /** What the start of a server throws away: partial blobs, unless told to keep them. */
  prune(keepsYoungerThanMs: number): number {
    let count = 0
    for (const file of readdirSync(this.blobs)) {
      const path = join(this.blobs, file)
      if (!file.endsWith('-partial') || Date.now() - statSync(path).mtimeMs < keepsYoungerThanMs) continue
      rmSync(path)
      count++
    }
    return count
  }

  list(): StoredModel[] {
    const root = join(this.folder, 'manifests')
    return readdirSync(root, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const file = join(entry.parentPath ?? entry.path, entry.name)
        const [host = '', namespace = '', model = '', tag = ''] = relative(root, file).split(sep)
        return this.#read(file, { host, namespace, model, tag }) ?? []
      })
      .sort((left, right) => right.modifiedAtMs - left.modifiedAtMs)
  }

  find(name: ModelName): StoredModel | null {
    return this.#read(this.#file(name), name)
  }

  write(name: ModelName, manifest: Manifest): void {
    const file = this.#file(name)
    mkdirSync(dirname(file), { recursive: true })
    for (const layer of [...manifest.layers, manifest.config])
      if (!this.hasBlob(layer.digest)) this.writeBlob(layer.digest)
    writeFileSync(file, JSON.stringify(manifest))
  }

  remove(name: ModelName): void {
    const stored = this.find(name)
    rmSync(this.#file(name), { force: true })
    const kept = new Set(
      this.list().flatMap(({ manifest }) => [...manifest.layers, manifest.config].map((layer) => layer.digest)),
    )
    for (const layer of stored ? [...stored.manifest.layers, stored.manifest.config] : []) {
      if (!kept.has(layer.digest)) rmSync(this.blobFile(layer.digest), { force: true })
    }
  }

  #file({ host, namespace, model, tag }: ModelName) {
    return join(this.folder, 'manifests', host, namespace, model, tag)
  }

  #partialFile(digest: string) {
    return `${this.blobFile(digest)}-partial`
  }

  #read(file: string, name: ModelName): StoredModel | null {
    try {
      const text = readFileSync(file, 'utf8')
      return {
        name: shortName(name),
        manifest: JSON.parse(text) as Manifest,
        digest: hex(text),
        modifiedAtMs: statSync(file).mtimeMs,
      }
    } catch {
      return null
    }
  }
}
