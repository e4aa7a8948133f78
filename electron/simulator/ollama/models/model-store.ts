import { mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join, relative, sep } from 'node:path'
import { Blobs } from './blobs'
import { blobsOf, type Manifest, sha256 } from './manifest'
import { type ModelName, parseModelName, shortName } from './model-name'

export type StoredModel = {
  /** As it is listed: "llama3.2:3b". */
  name: string
  full: ModelName
  manifest: Manifest
  digest: string
  modifiedAtMs: number
}

/** The models folder: manifests by host, namespace, model and tag. Only those of the simulator are seen. */
export class ModelStore {
  readonly blobs: Blobs
  readonly #manifests: string

  constructor(folder: string) {
    this.#manifests = join(folder, 'manifests')
    mkdirSync(this.#manifests, { recursive: true })
    this.blobs = new Blobs(folder)
  }

  /** Newest first; those of one second by name. */
  list(): StoredModel[] {
    return readdirSync(this.#manifests, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const file = join(entry.parentPath ?? entry.path, entry.name)
        const [host = '', namespace = '', model = '', tag = ''] = relative(this.#manifests, file).split(sep)
        return this.#read(file, { host, namespace, model, tag }) ?? []
      })
      .sort((left, right) => second(right) - second(left) || (left.name < right.name ? -1 : 1))
  }

  /** By its name in any case of letters; null where it is not there or no name at all. */
  find(text: string): StoredModel | null {
    const name = parseModelName(text)
    if (!name) return null
    const exact = this.#read(this.#file(name), name)
    if (exact) return exact
    const wanted = shortName(name).toLowerCase()
    return this.list().find((stored) => stored.name.toLowerCase() === wanted) ?? null
  }

  write(name: ModelName, manifest: Manifest): void {
    const file = this.#file(name)
    mkdirSync(dirname(file), { recursive: true })
    for (const layer of blobsOf(manifest)) this.blobs.write(layer.digest, layer.size)
    writeFileSync(file, JSON.stringify(manifest))
  }

  remove(stored: StoredModel): void {
    rmSync(this.#file(stored.full), { force: true })
    const kept = this.referenced()
    for (const layer of blobsOf(stored.manifest)) if (!kept.has(layer.digest)) this.blobs.remove(layer.digest)
  }

  referenced(): Set<string> {
    return new Set(this.list().flatMap(({ manifest }) => blobsOf(manifest).map((layer) => layer.digest)))
  }

  weightsFile({ manifest }: StoredModel): string {
    return this.blobs.file(manifest.layers[0]?.digest ?? '')
  }

  manifestFile(name: ModelName): string {
    return this.#file(name)
  }

  #file({ host, namespace, model, tag }: ModelName) {
    return join(this.#manifests, host, namespace, model, tag)
  }

  #read(file: string, full: ModelName): StoredModel | null {
    try {
      const text = readFileSync(file, 'utf8')
      const manifest = JSON.parse(text) as Manifest
      if (!manifest.simulated) return null
      return { name: shortName(full), full, manifest, digest: sha256(text), modifiedAtMs: statSync(file).mtimeMs }
    } catch {
      return null
    }
  }
}

const second = ({ modifiedAtMs }: StoredModel) => Math.floor(modifiedAtMs / 1000)
