import { expect, test } from '../corral'
import { log, openLog } from '../log'

test('the log is narrowed to a level, opens a line in full, and is saved', async ({ page, corral }) => {
  await openLog(page)
  await page.getByText('Errors', { exact: false }).first().click()
  await expect(page.getByText('No lines at this level.')).toBeVisible()
  await page.getByText('Info', { exact: false }).first().click()
  await log(page).getByText('Listening on', { exact: false }).click()
  const whole = page.getByRole('region', { name: /^Line / })
  await expect(whole).toContainText('level=INFO source=routes.go')
  await page.keyboard.press('Escape')
  await expect(whole).toBeHidden()
  const saved = await corral.fileSavedBy(() => page.getByRole('button', { name: 'Save', exact: true }).click())
  expect(saved).toContain('msg="Listening on')
  expect(saved).not.toContain('[GIN]')
})
