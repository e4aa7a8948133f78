import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, type Page } from '@playwright/test'
import type { HostClient } from '../host-client'

const folder = process.env.CORRAL_PICTURES ?? 'test-results/pictures'
const only = process.env.CORRAL_PICTURES_ONLY ?? ''
const sizes = (process.env.CORRAL_PICTURE_SIZES ?? '1280x800,1920x1080,390x844,640x400').split(',').map((text) => {
  const [width = 1280, height = 800] = text.split('x').map(Number)
  return { width, height }
})
const themes = ['light', 'dark'] as const
const languages = ['en', 'zh-CN'] as const

/** What a menu, a chart's first drawing and a page that changed its width take to come to rest. */
const settlesWithinMs = 250

/** Takes what is on screen in every theme, language and size, which change in place: the state is made once. */
export class Camera {
  constructor(
    private readonly page: Page,
    private readonly host: HostClient,
  ) {}

  /** Whether any picture of this screen is asked for. */
  wants(name: string): boolean {
    return name.includes(only)
  }

  /** Opens a screen by its address and takes it, after `prepare` has brought it into the state that its name tells. */
  async takeScreen(address: string, name: string, prepare?: (page: Page) => Promise<unknown>): Promise<void> {
    if (!this.wants(name)) return
    await this.#open(address)
    await prepare?.(this.page)
    await this.take(name)
  }

  /** Takes what is on screen now. */
  async take(name: string): Promise<void> {
    if (!this.wants(name)) return
    for (const size of sizes) {
      await this.page.setViewportSize(size)
      for (const language of languages) {
        for (const theme of themes) {
          await this.#dress(theme, language)
          const file = join(folder, `${name}-${theme}-${language}-${size.width}x${size.height}.png`)
          await this.page.screenshot({ path: file, animations: 'disabled' })
          console.log(file)
        }
      }
    }
    await this.#dress('light', 'en')
  }

  async #open(address: string) {
    await this.page.keyboard.press('Escape')
    await this.page.evaluate((hash) => {
      window.location.hash = hash
    }, address)
    await expect(this.page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
  }

  async #dress(theme: (typeof themes)[number], language: (typeof languages)[number]) {
    await this.host.settings.change({ theme, language })
    const root = this.page.locator('html')
    await expect(root).toHaveAttribute('data-mantine-color-scheme', theme)
    await expect(root).toHaveAttribute('lang', language)
    await this.page.waitForTimeout(settlesWithinMs)
  }
}

mkdirSync(folder, { recursive: true })
