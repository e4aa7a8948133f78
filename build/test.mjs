import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs'
import { resolve } from 'node:path'
import { findChromium } from './chromium.mjs'
import { displayWrapper, findElectron, isRoot } from './electron-binary.mjs'

/** All parts in their order, or one by its name: `node build/test.mjs unit electron/services/pulls`. */
const parts = { checks, unit, web, desktop }
const root = resolve(import.meta.dirname, '..')
const results = resolve(root, 'test-results')
const counts = { passed: 0, failed: 0 }
const [name = '', ...files] = process.argv.slice(2)
const only = Object.entries(parts).find(([part]) => part === name)
if (name && !only) throw new Error(`there is no part "${name}": ${Object.keys(parts).join(', ')}`)

mkdirSync(results, { recursive: true })
for (const test of only ? [only[1]] : Object.values(parts)) test()
console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed === 0 ? 0 : 1)

function checks() {
  check('lint', [tool('biome'), 'check', '--diagnostic-level=error', '.'])
  for (const area of ['shared', 'electron', 'renderer', 'renderer/tsconfig.test.json', 'build', 'e2e']) {
    check(`types of ${area}`, [tool('tsc'), '-p', area])
  }
  check('dead code', [tool('knip'), '-c', 'build/knip.json', '--no-config-hints'])
}

function unit() {
  const report = freshReport('unit')
  const vitest = [tool('vitest'), 'run', '-c', 'build/vitest.config.ts', ...files]
  const passed = run('unit and services', [
    ...vitest,
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${report}`,
  ])
  const { numPassedTests, numFailedTests } = read(report)
  count(passed, numPassedTests, numFailedTests)
}

function web() {
  if (!findChromium() && isRoot() && existsSync('/usr/bin/apt-get')) {
    run('installing Chromium', ['sh', '-c', 'apt-get update -qq && apt-get install -y -qq chromium'])
  }
  if (findChromium()) return endToEnd('web', [])
  counts.failed++
  console.log('\nNo Chromium found: install one, or name it in CORRAL_CHROMIUM, so that the browser specs can run.')
}

function desktop() {
  const wrapper = displayWrapper()
  if (!findElectron())
    console.log('\nDesktop specs skipped: no Electron binary here (npx install-electron fetches it).')
  else if (wrapper) endToEnd('desktop', wrapper)
  else console.log('\nDesktop specs skipped: no display here, and no xvfb-run to make one.')
}

/** @param {string} project @param {string[]} wrapper */
function endToEnd(project, wrapper) {
  const report = freshReport(`e2e-${project}`)
  const playwright = [tool('playwright'), 'test', '-c', 'e2e/playwright.config.ts', `--project=${project}`]
  const passed = run(`end to end, ${project}`, [...wrapper, ...playwright, '--reporter=list,json', ...files], {
    PLAYWRIGHT_JSON_OUTPUT_FILE: report,
  })
  const { expected, unexpected } = read(report).stats ?? {}
  count(passed, expected, unexpected)
}

/** @param {string} title @param {string[]} command */
function check(title, command) {
  counts[run(title, command) ? 'passed' : 'failed']++
}

/**
 * @param {string} title
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} [environment]
 */
function run(title, command, environment = {}) {
  console.log(`\n── ${title}`)
  const [file = '', ...rest] = command
  const { status } = spawnSync(file, rest, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
  return status === 0
}

/** A runner that ended badly and counted no failure is one. */
function count(/** @type {boolean} */ hasPassed, passed = 0, failed = 0) {
  counts.passed += passed
  counts.failed += failed || (hasPassed ? 0 : 1)
}

/** @param {string} name */
function freshReport(name) {
  const file = resolve(results, `${name}.json`)
  rmSync(file, { force: true })
  return file
}

function read(/** @type {string} */ report) {
  return existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : {}
}

function tool(/** @type {string} */ name) {
  return resolve(root, 'node_modules/.bin', name)
}
