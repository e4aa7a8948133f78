import { utimesSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { build } from 'vite'
import { buildBundles } from './bundles.mjs'

/** Builds both sides into dist/, and notes when: a source changed during the build is newer than it. */
export async function buildAll() {
  const startedAt = new Date()
  await Promise.all([buildBundles(), build({ configFile: resolve(import.meta.dirname, 'vite.page.ts') })])
  const note = resolve(import.meta.dirname, '../dist/built')
  writeFileSync(note, '')
  utimesSync(note, startedAt, startedAt)
}

if (process.argv[1] === import.meta.filename) await buildAll()
