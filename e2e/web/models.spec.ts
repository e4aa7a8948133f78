import { expect, test } from '../corral'
import { modelRow, openModels, pull, pullBox } from '../models'
import { onDisk } from '../on-disk'
import { openScreen } from '../screens'

const noPulls = 'Models being pulled appear here'

test('a failed pull says what happened and what to do', async ({ page }) => {
  await openModels(page)
  await pull(page, 'nosuch:model')
  await expect(page.getByText('No model has this name.')).toBeVisible()
  await expect(page.getByText('Check the spelling and the tag.', { exact: false })).toBeVisible()
})

test('a name that is none never leaves the page', async ({ page }) => {
  await openModels(page)
  await pullBox(page).fill('https://ollama.com/qwen3')
  await expect(page.getByText('This page is not a model.', { exact: false })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText(noPulls, { exact: false })).toBeVisible()
})

test('the arrows move along the models, Enter opens one, a copied command is understood', async ({ page }) => {
  await openModels(page)
  await modelRow(page, 'llama3.2:1b').focus()
  await page.keyboard.press('ArrowDown')
  await expect(modelRow(page, 'qwen3:8b')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'qwen3:8b' })).toBeVisible()
  await page.getByRole('tab', { name: 'Modelfile' }).click()
  await expect(page.getByText('FROM /', { exact: false })).toBeVisible()
  await page.getByRole('button', { name: 'Size' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('qwen3:8b')
  await pullBox(page).fill('ollama run qwen3:8b')
  await expect(page.getByText('installed: only changed files are downloaded')).toBeVisible()
})

test.describe('a pull under way', () => {
  const crawls = { pullBytesPerSecond: 5e6 }
  const model = 'llama3.2:3b'

  test.describe('from its first bytes', () => {
    test.use({ launch: { simulator: { faults: crawls } } })

    test('is in the strip of every screen', async ({ page }) => {
      await openModels(page)
      await pull(page, model)
      await openScreen(page, 'GPUs')
      await expect(page.getByRole('link', { name: /Pulling llama3\.2:3b/ })).toContainText(/llama3\.2:3b \d+%/)
    })

    test('that is taken off the list can be taken back', async ({ page }) => {
      await openModels(page)
      await pull(page, model)
      await page.getByRole('button', { name: `Cancel ${model}` }).click()
      await expect(page.getByText(noPulls, { exact: false })).toBeVisible()
      await page.getByRole('button', { name: 'Undo' }).click()
      await expect(page.getByText(/of 2\.02 GB\+? · .* MB\/s/)).toBeVisible()
    })
  })

  test.describe('that has come a part of the way', () => {
    test.use({ launch: { simulator: { pullBytesPerSecond: 1e9, faults: { pullStallsAtBytes: 300e6 } } } })

    test('goes on by itself after a killed server has come back', async ({ page, corral }) => {
      await openModels(page)
      await pull(page, model)
      await expect(page.getByText(/300 MB of 2\.02 GB/)).toBeVisible()
      corral.configureNextServer({ faults: { hangs: true } })
      corral.killChild('server')
      await expect(page.getByText('waits for the server')).toBeVisible()
      await corral.setFaults(crawls)
      // A server that is killed has lost what it had not written down yet, up to a second's worth.
      await expect(page.getByText(/\d MB of 2\.02 GB\+? · .* MB\/s/)).toBeVisible({ timeout: 20_000 })
    })

    test('is offered again after Corral was killed, and goes on where it was', async ({ page, corral }) => {
      await openModels(page)
      await pull(page, model)
      await expect(page.getByText(/300 MB of 2\.02 GB/)).toBeVisible()
      await expect.poll(() => onDisk.pulledBytes(corral.dataFolder)).toBe(300e6)
      await corral.kill()
      const again = await corral.start()
      await openScreen(again, 'Models')
      await expect(again.getByText(/paused at [1-9]\d?%/)).toBeVisible()
      await corral.setFaults(crawls)
      await again.getByRole('button', { name: 'Resume' }).click()
      await expect(again.getByText(/3\d\d MB of 2\.02 GB\+? · .* MB\/s/)).toBeVisible({ timeout: 20_000 })
    })
  })
})

test('a server that gives no answer is told, and what it listed stays', async ({ page, corral }) => {
  await openModels(page)
  await corral.setFaults({ hangs: true })
  await expect(page.getByText('The server is not responding', { exact: true })).toBeVisible({ timeout: 30_000 })
  await expect(modelRow(page, 'qwen3:8b')).toBeVisible()
  await expect(page.getByText(/Read \d+ s ago/)).toBeVisible()
})

test.describe('an empty models folder', () => {
  test.use({ launch: { simulator: { installed: [], pullBytesPerSecond: 400e6 } } })

  test('offers models to begin with', async ({ page }) => {
    await openScreen(page, 'Models')
    await page.getByRole('button', { name: 'Start server' }).click()
    await page.getByRole('button', { name: 'Pull qwen2.5:0.5b' }).click()
    await expect(modelRow(page, 'qwen2.5:0.5b')).toBeVisible({ timeout: 20_000 })
  })
})
