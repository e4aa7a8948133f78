import { rmSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { build } from 'electron-builder'
import { findElectron } from './electron-binary.mjs'
import { packageConfiguration } from './electron-builder.mjs'
import { fetchElectron } from './fetch-electron.mjs'
import { ensureBuilt } from './fresh.mjs'

/** Packs Corral for this system into release/; `--dir` leaves out the installers, `--output` names another folder. */
async function pack() {
  const { values } = parseArgs({
    options: { dir: { type: 'boolean', default: false }, output: { type: 'string', default: 'release' } },
  })
  const electron = findElectron() ?? (await fetchElectron())
  await ensureBuilt()
  rmSync(values.output, { recursive: true, force: true })
  await build({ dir: values.dir, publish: 'never', config: packageConfiguration(electron.folder, values.output) })
}

pack().catch((error) => {
  console.error(`Corral could not be packed: ${error.message}`)
  process.exit(1)
})
