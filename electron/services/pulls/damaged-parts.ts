import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'

const Part = z.object({ N: z.number(), Offset: z.number(), Size: z.number(), Completed: z.number() })

/** Ollama's words when it cannot read how far a part is: bare ones of its JSON reader (seen on 0.32.15: `EOF`). */
export const isAboutDamagedPart = (text: string) =>
  /^(EOF|unexpected EOF|unexpected end of JSON input|invalid character '.*)$/.test(text.trim())

/**
 * Removes what has arrived of the files that Ollama can no longer go on with, and says of how many. A server that dies
 * while it writes down how far a part is leaves that note empty, and from then on refuses every pull of the file.
 */
export function removeDamagedParts(modelsFolder: string): number {
  const folder = join(modelsFolder, 'blobs')
  const names = namesIn(folder)
  const damaged = names.filter((name) => /^sha256-[0-9a-f]+-partial-\d+$/.test(name) && !isReadable(join(folder, name)))
  const beginnings = new Set(damaged.map((name) => name.replace(/-\d+$/, '')))
  for (const beginning of beginnings) {
    for (const name of names) {
      if (name === beginning || name.startsWith(`${beginning}-`)) rmSync(join(folder, name), { force: true })
    }
  }
  return beginnings.size
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
