import { appendFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '../corral'
import { log, logSearch, openLog } from '../log'

test('the log shows what the server says in columns, and can be searched from match to match', async ({ page }) => {
  await openLog(page)
  await logSearch(page).fill('INFERENCE compute')
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible()
  await logSearch(page).press('Enter')
  await expect(page.getByText('2 of 2', { exact: true })).toBeVisible()
  await expect(log(page).locator('[data-current] mark')).toHaveText('inference compute')
  await page.getByRole('button', { name: 'Previous match' }).click()
  await expect(page.getByText('1 of 2', { exact: true })).toBeVisible()
  await logSearch(page).fill('no such words')
  await expect(page.getByText('not found')).toBeVisible()
  await logSearch(page).press('Escape')
  await expect(logSearch(page)).toHaveValue('')
})

test('the log goes from error to error, and back to its end', async ({ page, corral }) => {
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
  await logSearch(page).fill('line 350')
  await expect(page.getByText('1 of 1', { exact: true })).toBeVisible()
  await page.getByText('Info', { exact: false }).first().click()
  await page.getByRole('button', { name: 'First error' }).click()
  await expect(page.getByText('Error 1 of 2')).toBeVisible()
  await expect(page.getByText('1 of 1', { exact: true })).toBeVisible() // counted anew, and not gone to
  await expect(current).toHaveText(/ERROR.*line 100/)
  await logSearch(page).press('Escape')
  await page.getByRole('button', { name: /newer lines/ }).click()
  await expect(log(page).getByText('line 400')).toBeInViewport()
  await expect(page.getByRole('switch', { name: 'Follow' })).toBeChecked()
  await page
    .getByRole('button', { name: /errors [12]$/ })
    .first()
    .click()
  await expect(page.getByRole('button', { name: /newer lines/ })).toBeVisible()
  await logSearch(page).fill('the needle')
  await expect(page.getByText('not found')).toBeVisible()
  const late = Array.from({ length: 3 }, () => `time=${new Date().toISOString()} level=INFO msg="the needle"`)
  appendFileSync(join(corral.dataFolder, 'logs', 'server.stderr.log'), `${late.join('\n')}\n`)
  await expect(page.getByText('1 of 3')).toBeVisible()
})

test('the log keeps what is in sight where it is when the oldest lines are dropped', async ({ page, corral }) => {
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
