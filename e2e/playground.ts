import { expect, type Page } from '@playwright/test'
import { openScreen } from './screens'

export const question = (page: Page) => page.getByRole('textbox', { name: 'Ask something' })
export const conversation = (page: Page) => page.getByRole('region', { name: 'Conversation' })
export const chats = (page: Page) => page.getByRole('navigation', { name: 'Chats' })
export const chatTitle = (page: Page) => page.getByRole('main').getByRole('heading', { level: 1 })
export const figures = (page: Page) => page.getByRole('button', { name: /Figures of this answer/ })
export const streaming = (page: Page) => page.getByRole('status').getByText('Streaming')

export async function ask(page: Page, text: string): Promise<void> {
  await question(page).fill(text)
  await expect(page.getByRole('button', { name: 'Ask', exact: true })).toBeEnabled()
  await question(page).press('Enter')
}

export async function askInNewChat(page: Page, text: string): Promise<void> {
  await openScreen(page, 'Playground')
  await ask(page, text)
  await expect(chatTitle(page)).toHaveText(text)
}
