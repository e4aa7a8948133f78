import { readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

/** Whether the files of this models folder lie in it, and not behind a link in another server's. */
export function holdsItsFiles(modelsFolder: string): boolean {
  try {
    return realpathSync(join(modelsFolder, 'blobs')) === join(realpathSync(modelsFolder), 'blobs')
  } catch {
    return false
  }
}

const Part = z.object({ N: z.number(), Offset: z.number(), Size: z.number(), Completed: z.number() })

/**
 * Removes what has arrived of the first of these files ("sha256:<hex>", in the order in which Ollama fetches them) that
 * Ollama can no longer go on with, and gives its digest; null where all can be gone on with. A server that dies while it
 * writes down how far a part is leaves that note empty, and from then on refuses every pull of the file.
 */
export function removeDamagedFile(modelsFolder: string, digests: readonly string[]): string | null {
  const folder = join(modelsFolder, 'blobs')
  const names = namesIn(folder)
  for (const digest of digests) {
    if (!/^sha256:[0-9a-f]{64}$/.test(digest)) continue
    const beginning = `${digest.replace(':', '-')}-partial`
    const notes = names.filter(
      (name) => name.startsWith(`${beginning}-`) && /^\d+$/.test(name.slice(beginning.length + 1)),
    )
    if (notes.every((name) => isReadable(join(folder, name)))) continue
    for (const name of notes) rmSync(join(folder, name), { force: true })
    rmSync(join(folder, beginning), { force: true })
    return digest
  }
  return null
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return [] // another user's folder, or another machine's
  }
}

function isReadable(file: string): boolean {
  try {
    return Part.safeParse(JSON.parse(readFileSync(file, 'utf8'))).success
  } catch {
    return false
  }
}
