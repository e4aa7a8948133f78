import { afterEach, expect, test, vi } from 'vitest'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** A tab: what it keeps outlives the page, and holds so many characters. */
function tab(room = Number.POSITIVE_INFINITY) {
  const kept = new Map<string, string>()
  const sessionStorage = {
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
    setItem(key: string, text: string) {
      if (text.length > room) throw new DOMException('full', 'QuotaExceededError')
      kept.set(key, text)
    },
  }
  vi.stubGlobal('window', { sessionStorage })
}

/** The page as it is after a load. */
async function page() {
  vi.resetModules()
  return import('./drafts')
}

test('F38: a draft is there after a reload, for each chat its own', async () => {
  tab()
  const before = await page()
  before.keepDraft(null, 'a new question')
  before.keepDraft('one', '还没发送的“问题”')
  const after = await page()
  expect(after.takeDraft(null)).toBe('a new question')
  expect(after.takeDraft('one')).toBe('还没发送的“问题”')
  expect(after.takeDraft('two')).toBe('')
  after.keepDraft('one', '')
  expect((await page()).takeDraft('one')).toBe('')
})

test('F38: a draft without room lasts as long as the page, and leaves no older one behind', async () => {
  tab(10)
  const before = await page()
  before.keepDraft('one', 'short')
  before.keepDraft('one', 'longer than there is room for')
  expect(before.takeDraft('one')).toBe('longer than there is room for')
  expect((await page()).takeDraft('one')).toBe('')
})

test('F38: a browser that refuses to keep anything loses nothing while the page lives', async () => {
  vi.stubGlobal('window', {
    get sessionStorage() {
      throw new DOMException('no', 'SecurityError')
    },
  })
  const { keepDraft, takeDraft } = await page()
  keepDraft('one', 'text')
  expect(takeDraft('one')).toBe('text')
})
