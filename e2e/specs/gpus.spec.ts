import { expect, test } from '../corral'
import { chartValues } from '../gpus'
import { openScreen, strip } from '../screens'

test('two cards show what they do, in the strip, in figures and over time, which is saved as a table', async ({
  corral,
  page,
}) => {
  await openScreen(page, 'GPUs')
  await expect(page.getByText(/^Both cards are idle at \d+ W together\. Driver 580/)).toBeVisible()
  await expect(strip(page).getByText(/\/24.* \d+ W/)).toHaveCount(2)
  await expect(page.getByRole('heading', { name: 'GPU 1' })).toBeVisible()
  await expect(page.getByText('of 450 W')).toHaveCount(2)
  await expect.poll(() => chartValues(page, 'Power')).toMatch(/GPU 0 \d+ W, GPU 1 \d+ W/)
  await expect.poll(() => chartValues(page, 'Memory')).toMatch(/GPU 0 0\.0 GiB/)
  const table = await corral.fileSavedBy(() => page.getByRole('button', { name: 'Save as CSV' }).click())
  expect(table).toMatch(/^time,GPU 0 utilization %,.*GPU 1 share slowed\r\n/)
  expect(table.trimEnd().split('\r\n')).toHaveLength(301)
})
