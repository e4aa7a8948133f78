import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const sources = ['shared', 'electron', 'renderer', 'build', 'package.json', 'package-lock.json']

/** Builds when there is no build, or one older than the newest source. */
export async function ensureBuilt() {
  if (isBuilt()) return
  const { buildAll } = await import('./build.mjs')
  await buildAll()
}

export function isBuilt() {
  const builtAtMs = modifiedAtMs(join(root, 'dist/built'))
  return builtAtMs > 0 && sources.every((source) => newestAtMs(join(root, source)) <= builtAtMs)
}

/**
 * A folder counts too: it changes when a file in it is removed.
 * @param {string} path
 * @returns {number}
 */
function newestAtMs(path) {
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats?.mtimeMs ?? 0
  return Math.max(stats.mtimeMs, ...readdirSync(path).map((name) => newestAtMs(join(path, name))))
}

/** @param {string} file */
const modifiedAtMs = (file) => statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0
