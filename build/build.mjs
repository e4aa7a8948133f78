import { rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'vite'

const here = import.meta.dirname

/** Builds both sides into dist/. */
export async function buildAll() {
  rmSync(resolve(here, '..', 'dist'), { recursive: true, force: true })
  await build({ configFile: resolve(here, 'vite.electron.ts') })
  await build({ configFile: resolve(here, 'vite.page.ts') })
}

if (process.argv[1] === import.meta.filename) await buildAll()
