import { expect, test } from '../corral'
import { openScreen } from '../screens'

test.describe('with no model yet', () => {
  test.use({ launch: { simulator: { installed: [] } } })

  test('the checklist leads to the very thing', async ({ page }) => {
    await page.getByRole('link', { name: 'Change', exact: true }).click()
    await expect(page.getByRole('textbox', { name: 'Port' })).toBeFocused()
    await expect(page.getByRole('textbox', { name: 'Port' })).toBeInViewport()
    await openScreen(page, 'Overview')
    await page.getByRole('link', { name: 'Other models' }).click()
    await expect(page.getByRole('textbox', { name: 'Name of a model to pull' })).toBeFocused()
  })

  test('F39: the row of the first model tells of the pull of what is chosen there, and of no other', async ({
    page,
  }) => {
    await openScreen(page, 'Models')
    await page.getByRole('textbox', { name: 'Name of a model to pull' }).fill('nosuch:model')
    await page.getByRole('button', { name: 'Pull model' }).click()
    await page.getByRole('button', { name: 'Start server' }).click()
    await expect(page.getByText('No model has this name')).toBeVisible()
    await openScreen(page, 'Overview')
    await expect(page.getByRole('button', { name: 'Pull qwen3:8b' })).toBeVisible()
    await expect(page.getByText('No model has this name')).toHaveCount(0)
  })
})

test.describe('on a machine without Ollama', () => {
  test.use({ launch: { isDemo: false, environment: { PATH: '/nonexistent' } } })

  test('the first screen says so, and the simulator is one click away', async ({ page, corral }) => {
    test.skip(await hasOllamaInUsualPlace(), 'this machine has an Ollama of its own')
    await expect(page.getByText('not on this machine')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible()
    await page.getByRole('button', { name: 'Use the simulator' }).click()
    await expect(page.getByRole('button', { name: 'Start server' })).toBeVisible()
    await page.getByRole('button', { name: 'Start server' }).click()
    await expect(page.getByText('Ready', { exact: true })).toBeVisible()
    await expect(page.getByText('simulated').first()).toBeVisible()
    expect((await fetch(`http://127.0.0.1:${corral.serverPort}/simulator/state`)).status).toBe(200)
  })

  test('a file that is not Ollama is refused in words', async ({ page }) => {
    test.skip(await hasOllamaInUsualPlace(), 'this machine has an Ollama of its own')
    await page.getByRole('button', { name: 'Choose a file' }).click()
    await page.getByLabel('Path to the ollama program').fill('/bin/true')
    await page.getByRole('button', { name: 'Use this file' }).click()
    await expect(page.getByText('This file is not Ollama')).toBeVisible()
  })
})

async function hasOllamaInUsualPlace() {
  const { findOllamaFiles } = await import('../../electron/services/programs/find-ollama')
  return findOllamaFiles(null, { environment: { PATH: '' }, platform: process.platform }).length > 0
}
