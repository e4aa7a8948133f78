import { readdirSync, readFileSync, realpathSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Part = z.object({ N: z.number(), Offset: z.number(), Size: z.number(), Completed: z.number() })

/** Whether the files of this models folder lie in it, and not behind a link in another server's. */
export function holdsItsFiles(modelsFolder: string): boolean {
  try {
    return realpathSync(join(modelsFolder, 'blobs')) === join(realpathSync(modelsFolder), 'blobs')
  } catch {
    return false
  }
}

/**
 * What lies of these files ("sha256:<hex>") in a models folder: those that are whole, and of the others what their notes
 * say of each part. Their own size says nothing: Ollama makes them as large as they are to be. Null where the folder
 * cannot be read.
 */
export function keptBytesIn(modelsFolder: string, digests: readonly string[]): number | null {
  const folder = join(modelsFolder, 'blobs')
  const names = namesIn(folder)
  if (names === null) return null
  return [...new Set(digests)].filter(isDigest).reduce((sum, digest) => {
    const whole = statSync(join(folder, fileOf(digest)), { throwIfNoEntry: false })
    if (whole) return sum + whole.size
    return notesOf(digest, names).reduce((kept, name) => kept + (noteIn(join(folder, name))?.Completed ?? 0), sum)
  }, 0)
}

/**
 * The first of these files (in the order in which Ollama fetches them) that Ollama can no longer go on with; null where
 * all can be gone on with. A server that dies while it writes down how far a part is leaves that note empty, and from
 * then on refuses every pull of the file.
 */
export function damagedFileIn(modelsFolder: string, digests: readonly string[]): string | null {
  const folder = join(modelsFolder, 'blobs')
  const names = namesIn(folder) ?? []
  const isDamaged = (digest: string) => notesOf(digest, names).some((name) => noteIn(join(folder, name)) === null)
  return digests.filter(isDigest).find(isDamaged) ?? null
}

/** Removes what has arrived of this file. */
export function removePartialFile(modelsFolder: string, digest: string): void {
  const folder = join(modelsFolder, 'blobs')
  for (const name of notesOf(digest, namesIn(folder) ?? [])) rmSync(join(folder, name), { force: true })
  rmSync(join(folder, `${fileOf(digest)}-partial`), { force: true })
}

const isDigest = (digest: string) => /^sha256:[0-9a-f]{64}$/.test(digest)
const fileOf = (digest: string) => digest.replace(':', '-')

/** The names of the notes on the parts of a file. */
function notesOf(digest: string, names: readonly string[]): string[] {
  const beginning = `${fileOf(digest)}-partial-`
  return names.filter((name) => name.startsWith(beginning) && /^\d+$/.test(name.slice(beginning.length)))
}

function namesIn(folder: string): string[] | null {
  try {
    return readdirSync(folder)
  } catch {
    return null // another user's folder, or another machine's
  }
}

function noteIn(file: string): z.infer<typeof Part> | null {
  try {
    return Part.parse(JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return null
  }
}
