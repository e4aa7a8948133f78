import type { Page } from '@playwright/test'

export const chart = (page: Page, name: string) => page.getByRole('slider', { name, exact: true })

/** What a chart says of its cards at its crosshair, or now. */
export const chartValues = (page: Page, name: string) => chart(page, name).getAttribute('aria-valuetext')
