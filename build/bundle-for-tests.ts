import { resolve } from 'node:path'
import { build } from 'vite'

/** Children, workers and the simulator run from the bundle, so the tests build it once before they start. */
export async function setup() {
  await build({ configFile: resolve(import.meta.dirname, 'vite.electron.ts') })
}
