import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { buildTerminal } from './bundles.mjs'

const bundle = resolve(import.meta.dirname, '../dist/electron/cli.cjs')

/** Runs a command of the terminal from its bundle, which is built where there is none; its exit code is ours. */
if (!existsSync(bundle)) await buildTerminal()
const { status } = spawnSync(process.execPath, [bundle, ...process.argv.slice(2)], { stdio: 'inherit' })
process.exitCode = status ?? 4
