import { expect, test } from 'vitest'
import { cardsTold } from './cards-told'

const start = 'time=2026-11-30T00:00:00Z level=INFO source=routes.go:1 msg="server config" env="map[OLLAMA_HOST:x]"'
const found = (library: string) =>
  `time=2026-11-30T00:00:01Z level=INFO source=types.go:130 msg="inference compute" id=0 library=${library}`
const told = (...texts: string[]) => cardsTold(texts.map((text) => ({ text })))

test('L7: a server says of itself whether it has cards', () => {
  expect(told(start, found('cpu'))).toBe(false)
  expect(told(start, found('CUDA'), found('cuda'))).toBe(true)
  expect(told(start, found('ROCm'))).toBe(true)
  expect(told(start)).toBeNull()
  expect(told()).toBeNull()
})

test('L7: what an earlier start said does not count', () => {
  expect(told(start, found('cuda'), start, found('cpu'))).toBe(false)
  expect(told(start, found('cuda'), start)).toBeNull()
})
