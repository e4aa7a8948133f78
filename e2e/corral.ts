import { type Browser, test as base, chromium, type Page } from '@playwright/test'
import { findChromium } from '../build/chromium.mjs'
import { findElectron, hasDisplay } from '../build/electron-binary.mjs'
import { CorralUnderTest } from './corral-under-test'
import { DesktopHost } from './desktop-host'
import type { Launch } from './launch'
import { WebHost } from './web-host'

export { expect } from '@playwright/test'

export type HostOption = { host: 'web' | 'desktop' }

type Browsers = { chrome: Browser | null }

type Fixtures = {
  /** How Corral is started for a test: `test.use({ launch: { … } })`. */
  launch: Launch
  /** Corral on this project's host, started on an empty data folder with the simulator. */
  corral: CorralUnderTest
  /** Its page, with the frame on screen. */
  page: Page
}

export const test = base.extend<Fixtures, HostOption & Browsers>({
  host: ['web', { option: true, scope: 'worker' }],
  launch: [{}, { option: true }],

  chrome: [
    async ({ host }, use) => {
      if (host === 'desktop') return use(null)
      const executablePath = findChromium()
      if (!executablePath) throw new Error('no Chromium found: install one, or name it in CORRAL_CHROMIUM')
      const chrome = await chromium.launch({ executablePath })
      await use(chrome)
      await chrome.close()
    },
    { scope: 'worker' },
  ],

  corral: async ({ host, launch, chrome }, use, testInfo) => {
    const electron = host === 'desktop' ? findElectron() : null
    testInfo.skip(host === 'desktop' && !electron, 'no Electron here: npx install-electron fetches it')
    testInfo.skip(host === 'desktop' && !hasDisplay(), 'no display here: xvfb-run gives one')
    const corral = new CorralUnderTest(launch, chrome ? new WebHost(chrome) : new DesktopHost(electron?.file ?? ''))
    try {
      await corral.start()
      await use(corral)
    } finally {
      await corral.end()
    }
  },

  page: async ({ corral }, use) => use(corral.page),
})
