import { setTimeout as pause } from 'node:timers/promises'
import type { Configuration, Registry } from '../../configuration'
import { goDecimalBytes } from '../manners/go-values'
import type { Log } from '../manners/log'
import { partsOf } from './blobs'
import { Download } from './download'
import { lookUp, PullRefused } from './library'
import { blobsOf, type Layer, manifestOf } from './manifest'
import { type ModelName, shortName } from './model-name'
import type { ModelStore } from './model-store'

export type Progress = { status: string; digest?: string; total?: number; completed?: number }

const tickMs = 60

/** Pulls models layer by layer. What an earlier pull has brought stays; two pulls of one layer share it. */
export class Puller {
  readonly #downloads = new Map<string, Download>()

  constructor(
    private readonly configuration: Configuration,
    private readonly store: ModelStore,
    private readonly log: Log,
  ) {}

  /** Ends when the model is there, throws `PullRefused` in the words of the real server, stops when the caller leaves. */
  async pull(
    name: ModelName,
    isInsecure: boolean,
    tell: (record: Progress) => void,
    signal: AbortSignal,
  ): Promise<void> {
    const { store, log } = this
    tell({ status: 'pulling manifest' })
    const { model, registry } = this.#lookUp(name, isInsecure)
    const manifest = manifestOf({ ...model, name: shortName(name) })
    for (const layer of blobsOf(manifest)) {
      if (signal.aborted) return
      if (store.blobs.has(layer.digest)) {
        tell(progressOf(layer, layer.size))
        continue
      }
      refuseIfBroken(registry, () => log.infoAt(downloadSource, announced(layer)))
      await this.#bring(layer, tell, signal)
    }
    if (signal.aborted) return
    tell({ status: 'verifying sha256 digest' })
    if (registry?.corruptBlob) {
      const { digest = '' } = manifest.layers[0] ?? {}
      store.blobs.remove(digest)
      throw new PullRefused(
        `digest mismatch, file must be downloaded again: want ${digest}, got sha256:${'0'.repeat(64)}`,
      )
    }
    tell({ status: 'writing manifest' })
    store.write(name, manifest)
  }

  /** Writes down how far everything has come, before the process ends. */
  close(): void {
    for (const download of this.#downloads.values()) {
      download.completedBytes()
      download.save()
    }
  }

  #lookUp(name: ModelName, isInsecure: boolean) {
    try {
      return lookUp(this.configuration, name, isInsecure)
    } catch (error) {
      const line = error instanceof PullRefused ? error.logLine : null
      if (line) this.log.infoAt({ old: 'images.go:669', new: 'images.go:1314' }, line)
      throw error
    }
  }

  async #bring(layer: Layer, tell: (record: Progress) => void, signal: AbortSignal) {
    const { store, configuration, log } = this
    let download = this.#downloads.get(layer.digest)
    if (!download) {
      download = new Download(layer, configuration, store.blobs)
      this.#downloads.set(layer.digest, download)
      log.infoAt(downloadSource, announced(layer))
    }
    download.pullerCount++
    const beganAtMs = performance.now()
    try {
      for (let tick = 1; ; tick++) {
        await pause(Math.max(0, beganAtMs + tick * tickMs - performance.now()), undefined, { signal })
        if (download.takeDrop()) {
          const part = `${layer.digest.slice(7, 19)} part 0 attempt 0`
          log.infoAt(
            { old: 'download.go:294', new: 'download.go:299' },
            `${part} failed: unexpected EOF, retrying in 1s`,
          )
        }
        if (download.isDone()) break
        tell(progressOf(layer, download.completedBytes()))
      }
      store.blobs.write(layer.digest, layer.size)
    } catch (error) {
      if (!signal.aborted) throw error
      download.completedBytes()
      if (download.pullerCount === 1) download.save()
    } finally {
      if (--download.pullerCount === 0) this.#downloads.delete(layer.digest)
    }
  }
}

const downloadSource = { old: 'download.go:176', new: 'download.go:181' }

function announced(layer: Layer) {
  const parts = partsOf(layer.size)
  return `downloading ${layer.digest.slice(7, 19)} in ${parts.length} ${goDecimalBytes(parts[0]?.Size ?? 0)} part(s)`
}

/** A counter that is 0 is left out, as Go leaves it out. */
const progressOf = (layer: Layer, completed: number): Progress => ({
  status: `pulling ${layer.digest.slice(7, 19)}`,
  digest: layer.digest,
  total: layer.size,
  ...(completed > 0 ? { completed } : {}),
})

function refuseIfBroken(registry: Registry | null, announce: () => void) {
  if (registry?.missingBlob) throw new PullRefused('file does not exist')
  if (registry?.mode !== 'plain') return
  announce()
  throw new PullRefused('http: no Location header in response')
}
