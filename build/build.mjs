import { resolve } from 'node:path'
import { build } from 'vite'
import { buildBundles } from './bundles.mjs'

/** Builds both sides into dist/. */
export async function buildAll() {
  await Promise.all([buildBundles(), build({ configFile: resolve(import.meta.dirname, 'vite.page.ts') })])
}

if (process.argv[1] === import.meta.filename) await buildAll()
