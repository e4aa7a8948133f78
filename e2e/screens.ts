import { expect, type Page } from '@playwright/test'

export const screens = ['Overview', 'Server', 'Models', 'GPUs', 'Benchmark', 'Playground', 'Settings'] as const

/** Goes to a screen by the rail and waits until it is there. */
export async function openScreen(page: Page, name: (typeof screens)[number]): Promise<void> {
  const link = page.getByRole('navigation').getByRole('link', { name })
  await link.click()
  await expect(link).toHaveAttribute('aria-current', 'page')
  await expect(page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
}

/** Chooses from a list of choices by its label. */
export async function choose(page: Page, label: string, choice: string): Promise<void> {
  await page
    .getByRole('combobox', { name: label })
    .or(page.getByRole('textbox', { name: label }))
    .first()
    .click()
  await page.getByRole('option', { name: choice }).click()
}

/** Status, on the foot of every screen. */
export const strip = (page: Page) => page.getByRole('region', { name: 'Status' })

/** Starts the server on its screen and waits until it is ready. */
export async function startServer(page: Page): Promise<void> {
  await openScreen(page, 'Server')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(strip(page).getByText('Ready')).toBeVisible()
}
