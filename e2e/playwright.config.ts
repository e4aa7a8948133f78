import { defineConfig } from '@playwright/test'
import type { HostOption } from './corral'

/**
 * A capability has one way through it in `specs/`, on both hosts. Everything else about it is in `web/`; `desktop/` holds
 * what the desktop alone has. `pictures` looks, `perf` measures.
 */
export default defineConfig<Record<never, never>, HostOption>({
  testDir: '.',
  outputDir: '../test-results',
  globalSetup: './build.ts',
  fullyParallel: true,
  workers: 3,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: '../test-results/e2e.json' }]],
  use: { screenshot: 'only-on-failure' },
  projects: [
    { name: 'web', testMatch: /e2e\/(specs|web)\/.*\.spec\.ts$/, use: { host: 'web' } },
    { name: 'pictures', testMatch: /e2e\/pictures\/.*\.spec\.ts$/, use: { host: 'web' }, timeout: 600_000 },
    { name: 'perf', testMatch: /e2e\/perf\/.*\.spec\.ts$/, use: { host: 'web' } },
    { name: 'desktop', testMatch: /e2e\/(specs|desktop)\/.*\.spec\.ts$/, use: { host: 'desktop' } },
  ],
})
