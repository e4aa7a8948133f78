import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { expectAccessible } from '../accessibility'
import { expect, test } from '../corral'
import { openScreen } from '../screens'

const strip = (page: Page) => page.getByRole('region', { name: 'What runs' })

async function startServer(page: Page) {
  await openScreen(page, 'Server')
  await page.getByRole('button', { name: 'Start', exact: true }).click()
  await expect(strip(page).getByText('Ready')).toBeVisible()
}

async function serverPid(page: Page): Promise<number> {
  const sentence = page.getByText(/started by (Corral|an earlier Corral) .* \(pid \d+\)/)
  await expect(sentence).toBeVisible()
  return Number(/pid (\d+)/.exec((await sentence.textContent()) ?? '')?.[1])
}

test('a changed setting asks for a restart, and is in force afterwards', async ({ page }) => {
  await startServer(page)
  await page.getByRole('textbox', { name: 'Parallel requests' }).fill('4')
  await expect(page.getByText('1 change').first()).toBeVisible()
  await expect(page.getByText('Restart needed', { exact: false }).first()).toBeVisible()
  await page.getByRole('button', { name: 'Apply and restart' }).click()
  await expect(page.getByRole('button', { name: 'Apply and restart' })).toBeHidden()
  await expect(strip(page).getByText('Ready')).toBeVisible()
  await page.getByRole('tab', { name: 'In force' }).click()
  const row = page.getByRole('row').filter({ hasText: 'OLLAMA_NUM_PARALLEL' })
  await expect(row.getByRole('cell').nth(1)).toHaveText('4')
  await expect(row.getByRole('cell').nth(2)).toHaveText('4')
})

test.describe('on a wide window', () => {
  test('what changes and what the next start sets stand beside the settings', async ({ page }) => {
    await page.setViewportSize({ width: 1920, height: 1080 })
    await openScreen(page, 'Server')
    const side = page.getByRole('complementary', { name: 'The next start' })
    await expect(side).toContainText('Nothing is changed.')
    await page.getByRole('textbox', { name: 'Parallel requests' }).fill('4')
    await expect(side.getByRole('listitem')).toHaveText(['+ OLLAMA_NUM_PARALLEL=4'])
    await expect(side).toContainText('The next start sets 2 variables')
  })
})

test('no address is in force while no server runs', async ({ page }) => {
  await openScreen(page, 'Server')
  const address = page.getByRole('region', { name: 'Address' })
  await expect(address.getByText('—')).toHaveCount(2)
  await startServer(page)
  await expect(address.getByText('—')).toHaveCount(0)
})

test('a value that Ollama would not accept cannot be saved', async ({ page }) => {
  await openScreen(page, 'Server')
  await page.getByRole('textbox', { name: 'Keep alive' }).fill('ten minutes')
  await expect(page.getByText('Such as 10m, 1h30m, 300 or -1.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Save' })).toBeDisabled()
  await page.getByRole('button', { name: 'Discard' }).click()
  await expect(page.getByText('1 change')).toBeHidden()
})

test('a variable that loads foreign code is refused', async ({ page }) => {
  await openScreen(page, 'Server')
  await page.getByRole('switch', { name: 'Advanced' }).click()
  await page.getByRole('button', { name: 'Add a variable' }).click()
  await page.getByRole('textbox', { name: 'Name of the variable' }).fill('LD_PRELOAD')
  await page.getByRole('textbox', { name: 'Value' }).fill('/tmp/evil.so')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect(page.getByText('This variable can make a program run foreign code')).toBeVisible()
})

test('a server that is killed comes back, and it is said that it crashed', async ({ page }) => {
  await startServer(page)
  const pid = await serverPid(page)
  process.kill(pid, 'SIGKILL')
  await expect(page.getByText(/The server crashed at .* with SIGKILL and was started again/)).toBeVisible({
    timeout: 20_000,
  })
  await expect(strip(page).getByText('Ready')).toBeVisible()
  expect(await serverPid(page)).not.toBe(pid)
})

test('a server that is stopped from outside is stopped, and not started again by itself', async ({ page }) => {
  await startServer(page)
  process.kill(await serverPid(page), 'SIGTERM')
  await expect(page.getByText('Somebody else stopped the server')).toBeVisible()
  await expect(strip(page).getByText('Stopped')).toBeVisible()
})

test.describe('the log', () => {
  const field = (page: Page) => page.getByRole('textbox', { name: 'Search the log' })
  const log = (page: Page) => page.getByRole('log', { name: 'Log' })
  const openLog = async (page: Page) => {
    await startServer(page)
    await page.getByRole('tab', { name: 'Log' }).click()
    await expect(log(page)).toContainText('Listening on')
  }

  test('shows what the server says in columns, and can be searched from match to match', async ({ page }) => {
    await openLog(page)
    await expectAccessible(page)
    await field(page).fill('INFERENCE compute')
    await expect(page.getByText('1 of 2', { exact: true })).toBeVisible()
    await field(page).press('Enter')
    await expect(page.getByText('2 of 2', { exact: true })).toBeVisible()
    await expect(log(page).locator('[data-current] mark')).toHaveText('inference compute')
    await page.getByRole('button', { name: 'The one before' }).click()
    await expect(page.getByText('1 of 2', { exact: true })).toBeVisible()
    await field(page).fill('no such words')
    await expect(page.getByText('not found')).toBeVisible()
    await field(page).press('Escape')
    await expect(field(page)).toHaveValue('')
  })

  test('is narrowed to a level, opens a line in full, and is saved', async ({ page, corral }) => {
    await openLog(page)
    await page.getByText('Errors', { exact: false }).first().click()
    await expect(page.getByText('No line has this level.')).toBeVisible()
    await page.getByText('Info', { exact: false }).first().click()
    await log(page).getByText('Listening on', { exact: false }).click()
    const whole = page.getByRole('region', { name: /^Line / })
    await expect(whole).toContainText('level=INFO source=routes.go')
    await expectAccessible(page)
    await page.keyboard.press('Escape')
    await expect(whole).toBeHidden()
    const saved = await corral.fileSavedBy(() => page.getByRole('button', { name: 'Save', exact: true }).click())
    expect(saved).toContain('msg="Listening on')
    expect(saved).not.toContain('[GIN]')
  })

  test('goes from error to error, and back to its end', async ({ page, corral }) => {
    await openLog(page)
    const line = (number: number) =>
      `time=${new Date().toISOString()} level=${number % 200 === 100 ? 'ERROR' : 'INFO'} source=sched.go:${number} msg="line ${number}"`
    const lines = Array.from({ length: 400 }, (_, place) => line(place + 1))
    appendFileSync(join(corral.dataFolder, 'logs', 'server.stderr.log'), `${lines.join('\n')}\n`)
    await expect(log(page)).toContainText('line 400')
    const current = log(page).locator('[data-current]')
    await page.getByRole('button', { name: 'First error' }).click()
    await expect(page.getByText('Error 1 of 2')).toBeVisible()
    await expect(current).toHaveText(/ERROR.*line 100/)
    await expect(current).toBeInViewport()
    await page.getByRole('button', { name: 'Next error' }).click()
    await expect(page.getByText('Error 2 of 2')).toBeVisible()
    await expect(current).toHaveText(/ERROR.*line 300/)
    await expect(page.getByRole('switch', { name: 'Follow' })).not.toBeChecked()
    await field(page).fill('line 350')
    await expect(page.getByText('1 of 1', { exact: true })).toBeVisible()
    await page.getByText('Info', { exact: false }).first().click()
    await page.getByRole('button', { name: 'First error' }).click()
    await expect(page.getByText('Error 1 of 2')).toBeVisible()
    await expect(page.getByText('1 of 1', { exact: true })).toBeVisible() // counted anew, and not gone to
    await expect(current).toHaveText(/ERROR.*line 100/)
    await field(page).press('Escape')
    await page.getByRole('button', { name: /newer lines/ }).click()
    await expect(log(page).getByText('line 400')).toBeInViewport()
    await expect(page.getByRole('switch', { name: 'Follow' })).toBeChecked()
    await page
      .getByRole('button', { name: /errors [12]$/ })
      .first()
      .click()
    await expect(page.getByRole('button', { name: /newer lines/ })).toBeVisible()
    await field(page).fill('the needle')
    await expect(page.getByText('not found')).toBeVisible()
    const late = Array.from({ length: 3 }, () => `time=${new Date().toISOString()} level=INFO msg="the needle"`)
    appendFileSync(join(corral.dataFolder, 'logs', 'server.stderr.log'), `${late.join('\n')}\n`)
    await expect(page.getByText('1 of 3')).toBeVisible()
  })

  test('keeps what is in sight where it is when the oldest lines are dropped', async ({ page, corral }) => {
    await openLog(page)
    let written = 0
    const write = (count: number, level: string) => {
      const line = () => `time=${new Date().toISOString()} level=${level} source=sched.go:1 msg="line ${++written}"\n`
      appendFileSync(join(corral.dataFolder, 'logs', 'server.stderr.log'), Array.from({ length: count }, line).join(''))
    }
    write(18_000, 'INFO')
    write(1, 'ERROR')
    const inSight = log(page).getByText('line 18001')
    await expect(inSight).toBeVisible()
    await page.getByRole('button', { name: 'First error' }).click()
    const total = async () => {
      const foot = (await page.getByText(/^Lines .* of /).textContent()) ?? ''
      return Number(foot.split(' of ')[1]?.replaceAll(',', ''))
    }
    for (let round = 0; round < 5; round += 1) {
      write(19_000, 'INFO')
      await expect.poll(total, { timeout: 20_000 }).toBeGreaterThanOrEqual(Math.min(written, 100_000))
    }
    await expect.poll(total, { timeout: 20_000 }).toBeLessThan(written)
    await expect(log(page).locator('[data-current]')).toHaveText(/line 18001/)
    await expect(inSight).toBeInViewport()
  })
})

test('a host that is killed leaves the server, and the next one takes it up', async ({ page, corral }) => {
  await startServer(page)
  const pid = await serverPid(page)
  await corral.kill()
  const again = await corral.start()
  await openScreen(again, 'Server')
  await expect(again.getByText(`started by an earlier Corral`, { exact: false })).toBeVisible()
  expect(await serverPid(again)).toBe(pid)
  await again.getByRole('button', { name: 'Stop' }).click()
  await expect(strip(again).getByText('Stopped')).toBeVisible()
})
