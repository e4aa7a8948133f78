import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { chromium } from '@playwright/test'

const systemNames = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge']
const systemFiles = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
]

/** The Chromium of the tests: the one named by CORRAL_CHROMIUM, Playwright's own, the system's; null when there is none. */
export function findChromium() {
  const named = process.env.CORRAL_CHROMIUM
  if (named) return existsSync(named) ? named : null
  const onPath = (process.env.PATH ?? '')
    .split(delimiter)
    .flatMap((folder) => systemNames.map((name) => join(folder, name)))
  return [chromium.executablePath(), ...onPath, ...systemFiles].find((file) => file && existsSync(file)) ?? null
}
