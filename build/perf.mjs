import { spawnSync } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { resolve } from 'node:path'
import { findChromium } from './chromium.mjs'
import { displayWrapper } from './electron-binary.mjs'

/** The specs that take the figures of a subject. */
const subjects = {
  start: ['start'],
  idle: ['idle', 'soak'],
  stream: ['stream'],
  lists: ['lists'],
  host: ['host'],
  bench: ['bench'],
}

/** Takes the figures of one subject of the design's budget table and prints them. They are figures, not tests. */
function takeFigures() {
  const specs = Object.entries(subjects).find(([subject]) => subject === process.argv[2])?.[1]
  if (!specs) {
    console.error(`usage: node build/perf.mjs ${Object.keys(subjects).join('|')}`)
    return 2
  }
  if (!findChromium()) {
    console.error('No Chromium found: install one, or name it in CORRAL_CHROMIUM.')
    return 1
  }
  const [load = 0] = loadavg()
  console.log(`${cpus()[0]?.model ?? 'unknown processor'} × ${cpus().length}, load ${load.toFixed(1)} before it began`)
  if (load > 0.5) console.log('Something else works on this machine: figures of a quiet one are better.')
  const root = resolve(import.meta.dirname, '..')
  const [file = '', ...rest] = [
    ...(displayWrapper() ?? []),
    resolve(root, 'node_modules/.bin/playwright'),
    ...['test', '-c', 'e2e/playwright.config.ts', '--project=perf', '--reporter=list', '--workers=1'],
    ...specs.map((spec) => `e2e/perf/${spec}.spec.ts`),
  ]
  return spawnSync(file, rest, { cwd: root, stdio: 'inherit' }).status ?? 1
}

process.exitCode = takeFigures()
