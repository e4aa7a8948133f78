import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { findChromium } from './chromium.mjs'
import { displayWrapper, findElectron, isRoot } from './electron-binary.mjs'

const root = resolve(import.meta.dirname, '..')
const results = resolve(root, 'test-results')
const counts = { passed: 0, failed: 0 }

/**
 * @param {string} name
 * @param {string[]} command
 * @param {NodeJS.ProcessEnv} [environment]
 */
function run(name, command, environment = {}) {
  console.log(`\n── ${name}`)
  const [file = '', ...rest] = command
  const { status } = spawnSync(file, rest, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } })
  return status === 0
}

/** @param {string} name @param {string[]} command */
function check(name, command) {
  counts[run(name, command) ? 'passed' : 'failed']++
}

const tool = (/** @type {string} */ name) => resolve(root, 'node_modules/.bin', name)

mkdirSync(results, { recursive: true })
check('lint', [tool('biome'), 'check', '--diagnostic-level=error', '.'])
for (const area of ['shared', 'electron', 'renderer', 'renderer/tsconfig.test.json', 'build', 'e2e']) {
  check(`types of ${area}`, [tool('tsc'), '-p', area])
}
check('dead code', [tool('knip'), '-c', 'build/knip.json', '--no-config-hints'])

const unitFile = resolve(results, 'unit.json')
const unitPassed = run('unit and services', [
  tool('vitest'),
  'run',
  '-c',
  'build/vitest.config.ts',
  '--reporter=default',
  '--reporter=json',
  `--outputFile.json=${unitFile}`,
])
const unit = existsSync(unitFile) ? JSON.parse(readFileSync(unitFile, 'utf8')) : null
counts.passed += unit?.numPassedTests ?? 0
counts.failed += unit?.numFailedTests || (unitPassed ? 0 : 1)

if (!findChromium() && isRoot() && existsSync('/usr/bin/apt-get')) {
  run('installing Chromium', ['sh', '-c', 'apt-get update -qq && apt-get install -y -qq chromium'])
}
if (findChromium()) endToEnd('web', [])
else {
  counts.failed++
  console.log('\nNo Chromium found: install one, or name it in CORRAL_CHROMIUM, so that the browser specs can run.')
}

const wrapper = displayWrapper()
if (!findElectron()) console.log('\nDesktop specs skipped: no Electron binary here (npx install-electron fetches it).')
else if (wrapper) endToEnd('desktop', wrapper)
else console.log('\nDesktop specs skipped: no display here, and no xvfb-run to make one.')

/** @param {string} project @param {string[]} wrapper */
function endToEnd(project, wrapper) {
  const file = resolve(results, `e2e-${project}.json`)
  const passed = run(
    `end to end, ${project}`,
    [
      ...wrapper,
      tool('playwright'),
      'test',
      '-c',
      'e2e/playwright.config.ts',
      `--project=${project}`,
      '--reporter=list,json',
    ],
    { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  )
  const stats = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).stats : null
  counts.passed += stats?.expected ?? 0
  counts.failed += stats?.unexpected || (passed ? 0 : 1)
}

console.log(`\n${counts.passed} passed, ${counts.failed} failed`)
process.exit(counts.failed === 0 ? 0 : 1)
