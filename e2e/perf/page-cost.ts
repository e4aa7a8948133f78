import type { Page } from '@playwright/test'

/** The processes that draw the pages of this browser. */
export async function renderersOf(page: Page): Promise<number[]> {
  const session = await page.context().browser()?.newBrowserCDPSession()
  const told = (await session?.send('SystemInfo.getProcessInfo')) as
    | { processInfo: { type: string; id: number }[] }
    | undefined
  return (told?.processInfo ?? []).filter(({ type }) => type === 'renderer').map(({ id }) => id)
}

/** What the page does while something happens: layouts, and messages that the host sends it, in number and size. */
export async function activityDuring(page: Page, act: () => Promise<unknown>) {
  const session = await page.context().newCDPSession(page)
  let messages = 0
  let bytes = 0
  session.on('Network.webSocketFrameReceived', ({ response: { opcode, payloadData } }) => {
    messages++
    bytes += opcode === 1 ? Buffer.byteLength(payloadData) : Buffer.from(payloadData, 'base64').length
  })
  await session.send('Network.enable')
  await session.send('Performance.enable')
  const layouts = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'LayoutCount')?.value ?? 0
  }
  const before = await layouts()
  await act()
  const activity = { layouts: (await layouts()) - before, messages, bytes }
  await session.detach()
  return activity
}

/** The page's own objects, without what is garbage already. */
export async function heapBytesOf(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}

/** A headless browser hides no page, so the page is told that it is hidden. */
export async function setHidden(page: Page, isHidden: boolean): Promise<void> {
  await page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden })
    Object.defineProperty(document, 'visibilityState', {
      configurable: true,
      get: () => (hidden ? 'hidden' : 'visible'),
    })
    document.dispatchEvent(new Event('visibilitychange'))
  }, isHidden)
}
