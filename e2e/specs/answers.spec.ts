import { expect, test } from '../corral'
import { seedAnswer } from '../perf/seeded-chats'
import { conversation } from '../playground'

const answer = String.raw`<think>
用户想知道公式。
</think>

**注意：**大约需要 3~5 分钟，从 $5 and $10 起，$HOME 不变。

质能方程 $E=mc^2$，以及 \(a^2+b^2=c^2\)：

$$
\int_0^1 x^2\,dx
= \frac{1}{3}
$$

A broken one: $\frac{1}{$ and \(\nosuchcommand{x}\).

${'```'}markdown
# 文件
${'```'}sh
ollama serve
${'```'}
${'```'}

之后的话[^1]

[^1]: 注释
`

test.use({ launch: { preferences: { isChecklistDone: true } } })

test('F4: an answer with formulas is read as it was meant, and copied as it was written', async ({ corral }) => {
  await expect(corral.page.getByRole('main').getByRole('heading', { level: 1 })).toBeVisible()
  await corral.stop()
  const id = seedAnswer(corral.dataFolder, 'llama3.2:1b', answer)
  const page = await corral.start()
  const refused: string[] = []
  page.on('console', (message) => {
    if (/Content Security Policy|Failed to load/.test(message.text())) refused.push(message.text())
  })
  await page.evaluate((chatId) => {
    window.location.hash = `/playground/${chatId}`
  }, id)
  const shown = conversation(page)
  await expect(shown.locator('.katex')).toHaveCount(3)
  await expect(shown.locator('.katex-display')).toHaveCount(1)
  await expect(shown.locator('strong', { hasText: '注意：' })).toBeVisible()
  await expect(shown).toContainText('大约需要 3~5 分钟，从 $5 and $10 起，$HOME 不变。')
  await expect(shown).toContainText(String.raw`$\frac{1}{$ and \(\nosuchcommand{x}\)`)
  await expect(shown.locator('figure')).toHaveCount(1)
  await expect(shown.locator('figure')).toContainText('ollama serve')
  await expect(shown).toContainText('[^1]: 注释')
  await expect(shown).not.toContainText('think>')
  await expect(shown.getByRole('button', { name: 'Thought' })).toBeVisible()
  await page.evaluate(() => document.fonts.ready)
  const fonts = await page.evaluate(
    () => [...document.fonts].filter(({ status, family }) => status === 'loaded' && family.startsWith('KaTeX')).length,
  )
  expect(fonts).toBeGreaterThan(0)
  expect(refused).toEqual([])

  await page.evaluate(() => {
    window.addEventListener('copy', ({ clipboardData }) => {
      Object.assign(window, { copied: clipboardData?.getData('text/plain') })
    })
    const section = document.querySelector('section[aria-label="Conversation"]')
    if (section) getSelection()?.selectAllChildren(section)
  })
  await page.keyboard.press('ControlOrMeta+C')
  const copied = await page.evaluate(() => String((window as unknown as { copied: string }).copied))
  expect(copied).toContain(String.raw`质能方程 $E=mc^2$，以及 \(a^2+b^2=c^2\)：`)
  expect(copied).toContain('$$\n\\int_0^1 x^2\\,dx\n= \\frac{1}{3}\n$$')
})
