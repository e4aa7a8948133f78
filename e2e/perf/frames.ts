import type { Page } from '@playwright/test'

export type Frames = { longestMs: number; p95Ms: number; perSecond: number; over50Ms: number }

/** The page's frames while something happens: a frame is the time from one animation frame to the next. */
export async function framesDuring(page: Page, act: () => Promise<unknown>): Promise<Frames> {
  await page.evaluate(() => {
    const times: number[] = []
    const recording = { times, isOn: true }
    Object.assign(window, { recording })
    const note = (atMs: number) => {
      times.push(atMs)
      if (recording.isOn) requestAnimationFrame(note)
    }
    requestAnimationFrame(note)
  })
  await act()
  const times = await page.evaluate(() => {
    const { recording } = window as unknown as { recording: { times: number[]; isOn: boolean } }
    recording.isOn = false
    return recording.times
  })
  const gaps = times.slice(1).map((atMs, index) => atMs - (times[index] ?? 0))
  const sorted = gaps.toSorted((one, other) => one - other)
  return {
    longestMs: sorted.at(-1) ?? 0,
    p95Ms: sorted[Math.floor(sorted.length * 0.95)] ?? 0,
    perSecond: (gaps.length / ((times.at(-1) ?? 0) - (times[0] ?? 0))) * 1000,
    over50Ms: gaps.filter((gap) => gap > 50).length,
  }
}

/** Scrolls from end to end in this many animation frames, as a hand on the wheel does. */
export async function scrollThrough(page: Page, selector: string, frameCount: number): Promise<void> {
  await page.locator(selector).evaluate(
    (element, count) =>
      new Promise<void>((resolve) => {
        let step = 0
        const turn = () => {
          element.scrollTop = (element.scrollHeight - element.clientHeight) * (1 - step / count)
          if (step++ < count) requestAnimationFrame(turn)
          else resolve()
        }
        turn()
      }),
    frameCount,
  )
}
