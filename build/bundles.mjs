import { rmSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { resolve } from 'node:path'
import { build } from 'vite'

const root = resolve(import.meta.dirname, '..')

/** Every program of the privileged side. One bundle each: a shared chunk would run one entry's code inside another. */
const entries = [
  'main',
  'preload',
  'headless',
  'cli',
  'services/bench/load-generator',
  'simulator/ollama',
  'simulator/nvidia-smi',
]

/** Bundles them as CommonJS, dependencies inside; only Electron and the native module stay outside. */
export async function buildBundles() {
  rmSync(resolve(root, 'dist/electron'), { recursive: true, force: true })
  await Promise.all(entries.map((entry) => build(bundleOf(entry))))
}

/** The terminal's alone, in a second: its commands need no page. */
export const buildTerminal = () => build(bundleOf('cli'))

/**
 * Bundles them, and again after each change of their sources.
 * @param {() => void} onBuilt
 */
export async function watchBundles(onBuilt) {
  /** @type {NodeJS.Timeout | undefined} */
  let timer
  const told = () => {
    clearTimeout(timer)
    timer = setTimeout(onBuilt, 300) // one change touches several bundles
  }
  const watchers = await Promise.all(
    entries.map((entry) => build({ ...bundleOf(entry), build: { ...bundleOf(entry).build, watch: {} } })),
  )
  return watchers.flatMap((watcher) => {
    if (!('on' in watcher)) return []
    watcher.on('event', ({ code }) => {
      if (code === 'END') told()
    })
    return [watcher]
  })
}

/** Test support is never part of a program. @type {import('vite').Plugin} */
const withoutTestSupport = {
  name: 'without-test-support',
  load(id) {
    if (/\.testing\.tsx?$/.test(id)) this.error(`${id} is test support: no program may hold it`)
  },
}

/**
 * @param {string} entry its file in electron/, without the ending
 * @returns {import('vite').InlineConfig}
 */
const bundleOf = (entry) => ({
  root,
  configFile: false,
  logLevel: 'warn',
  publicDir: false,
  ssr: { noExternal: true, external: ['electron', 'libsql'] },
  plugins: [withoutTestSupport],
  build: {
    ssr: true,
    target: 'node20',
    outDir: resolve(root, 'dist/electron'),
    emptyOutDir: false,
    minify: false,
    rolldownOptions: {
      checks: { bundlerTimings: false },
      input: { [entry]: resolve(root, 'electron', `${entry}.ts`) },
      external: ['electron', 'libsql', ...builtinModules, ...builtinModules.map((name) => `node:${name}`)],
      output: { format: 'cjs', entryFileNames: '[name].cjs', codeSplitting: false },
    },
  },
})

/** For vitest: children, workers and the simulator run from the bundles. */
export const setup = () => buildBundles()

if (process.argv[1] === import.meta.filename) await buildBundles()
