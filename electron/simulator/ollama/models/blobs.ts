import {
  closeSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'

const mark = 'simulated, no weights\n'
const smallestPart = 100e6
const largestPart = 1000e6

type Part = { N: number; Offset: number; Size: number; Completed: number }

/**
 * The blobs of a models folder, laid out as Ollama lays them out, but without their bytes: a mark and a hole.
 * Files without the mark belong to a real Ollama and are never changed or removed.
 */
export class Blobs {
  readonly folder: string

  constructor(modelsFolder: string) {
    this.folder = join(modelsFolder, 'blobs')
    mkdirSync(this.folder, { recursive: true })
  }

  file(digest: string): string {
    return join(this.folder, digest.replace(':', '-'))
  }

  has(digest: string): boolean {
    return statSync(this.file(digest), { throwIfNoEntry: false }) !== undefined
  }

  write(digest: string, sizeBytes: number): void {
    this.forgetPartial(digest)
    if (!this.has(digest)) writeHollow(this.file(digest), sizeBytes)
  }

  /** How much of a blob an earlier pull has brought. */
  partialBytes(digest: string): number {
    return this.#partFiles(digest).reduce((sum, file) => {
      try {
        return sum + (JSON.parse(readFileSync(join(this.folder, file), 'utf8')) as Part).Completed
      } catch {
        return sum
      }
    }, 0)
  }

  /** Writes down how far a pull has come: the parts fill side by side, as the real ones do. */
  writePartial(digest: string, sizeBytes: number, completedBytes: number): void {
    const partial = `${this.file(digest)}-partial`
    if (statSync(partial, { throwIfNoEntry: false }) === undefined) writeHollow(partial, sizeBytes)
    const parts = partsOf(sizeBytes)
    let left = Math.floor(completedBytes)
    for (const [place, part] of [...parts].sort((one, other) => one.Size - other.Size).entries()) {
      part.Completed = Math.min(part.Size, Math.floor(left / (parts.length - place)))
      left -= part.Completed
    }
    for (const part of parts) writeFileSync(`${partial}-${part.N}`, `${JSON.stringify(part)}\n`)
  }

  forgetPartial(digest: string): void {
    for (const file of this.#partFiles(digest)) rmSync(join(this.folder, file), { force: true })
    rmSync(`${this.file(digest)}-partial`, { force: true })
  }

  remove(digest: string): void {
    if (isOurs(this.file(digest))) rmSync(this.file(digest), { force: true })
  }

  /** What the start of a server throws away: what no manifest names and what is half there, if it is old enough. */
  prune(referenced: ReadonlySet<string>, keepsYoungerThanMs: number): { total: number; removed: number } {
    const names = readdirSync(this.folder)
    let removed = 0
    for (const name of names) {
      const path = join(this.folder, name)
      const partialOf = name.replace(/-partial(-\d+)?$/, '-partial')
      const marked = name === partialOf ? path : join(this.folder, partialOf)
      const isYoung = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0) < keepsYoungerThanMs
      if (referenced.has(name.replace('-', ':')) || isYoung || !isOurs(marked, name !== partialOf)) continue
      rmSync(path, { force: true })
      removed++
    }
    return { total: names.length, removed }
  }

  #partFiles(digest: string): string[] {
    const start = `${digest.replace(':', '-')}-partial-`
    return readdirSync(this.folder).filter((name) => name.startsWith(start))
  }
}

/** Parts of a sixteenth, but of 100 MB at least and 1000 MB at most. */
export function partsOf(sizeBytes: number): Part[] {
  const partBytes = Math.max(smallestPart, Math.min(largestPart, Math.ceil(sizeBytes / 16)))
  return Array.from({ length: Math.max(1, Math.ceil(sizeBytes / partBytes)) }, (_, place) => ({
    N: place,
    Offset: place * partBytes,
    Size: Math.min(partBytes, sizeBytes - place * partBytes),
    Completed: 0,
  }))
}

/** A file of the full size that holds nothing but the mark; where holes cost space, the mark alone. */
function writeHollow(file: string, sizeBytes: number) {
  const handle = openSync(file, 'w')
  try {
    writeSync(handle, mark)
    if (process.platform !== 'win32' && sizeBytes > mark.length) ftruncateSync(handle, sizeBytes)
  } catch {
    // A file system that limits the size of a file: the mark is enough.
  } finally {
    closeSync(handle)
  }
}

function isOurs(file: string, mayBeGone = false): boolean {
  try {
    const handle = openSync(file, 'r')
    const head = Buffer.alloc(mark.length)
    readSync(handle, head)
    closeSync(handle)
    return head.toString() === mark
  } catch {
    return mayBeGone
  }
}
