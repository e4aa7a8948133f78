import { expect, it } from 'vitest'
import { Composition, type Key } from './composition'

const field = new EventTarget()
const key = (
  name: string,
  atMs: number,
  { keyCode = 13, isComposing = false, code = name, target = field } = {},
): Key => ({
  key: name,
  code,
  keyCode,
  isComposing,
  target,
  timeStamp: atMs,
})
const late = { keyCode: 229 }
const composing = { keyCode: 229, isComposing: true }

/** A word being put together, the letters typed one after the other. */
function word() {
  const composition = new Composition()
  composition.start(field)
  for (const letter of ['n', 'i']) {
    expect(composition.takes(key(letter, 0, composing))).toBe('composing')
    composition.keyUp()
  }
  return composition
}

it('C1: Safari tells of the Enter after the end of the word, the next one is meant', () => {
  const composition = word()
  composition.end(100)
  expect(composition.takes(key('Enter', 100, late))).toBe('late')
  composition.keyUp()
  expect(composition.takes(key('Enter', 130))).toBeNull()
})

it('C1: Safari, and the next Enter has the code of an input method too', () => {
  const composition = word()
  composition.end(100)
  expect(composition.takes(key('Enter', 101, late))).toBe('late')
  expect(composition.takes(key('Enter', 200, late))).toBeNull()
})

it('C1: Chrome tells of it before the end, the next one is meant', () => {
  const composition = word()
  expect(composition.takes(key('Enter', 100, composing))).toBe('composing')
  composition.end(100)
  expect(composition.takes(key('Enter', 150, late))).toBeNull()
})

it('C1: Chrome on Windows names the key Process', () => {
  const composition = word()
  expect(composition.takes(key('Process', 100, { ...composing, code: 'Enter' }))).toBe('composing')
  composition.end(100)
  expect(composition.takes(key('Enter', 101, late))).toBeNull()
})

it('C1: a word ended with the blank in Chrome leaves the next Enter alone', () => {
  const composition = word()
  expect(composition.takes(key(' ', 100, composing))).toBe('composing')
  composition.end(100)
  composition.keyUp()
  expect(composition.takes(key('Enter', 150, late))).toBeNull()
})

it('C1: macOS Pinyin keeps the code for a real Enter a second later', () => {
  const composition = word()
  composition.end(100)
  expect(composition.takes(key('Enter', 1100, late))).toBeNull()
})

it('C1: Escape that closes the candidates is no Escape to the page, in either order', () => {
  const chrome = word()
  expect(chrome.takes(key('Escape', 100, composing))).toBe('composing')
  chrome.end(100)
  expect(chrome.takes(key('Escape', 200, { keyCode: 27 }))).toBeNull()
  const safari = word()
  safari.end(100)
  expect(safari.takes(key('Escape', 100, late))).toBe('late')
  expect(safari.takes(key('Escape', 200, { keyCode: 27 }))).toBeNull()
})

it('C1: every key of the word is its own, also where the browser does not say so', () => {
  const composition = word()
  expect(composition.takes(key('Enter', 50, late))).toBe('composing')
  expect(composition.takes(key('ArrowDown', 60, composing))).toBe('composing')
})

it('C1: a field that went away in the middle of a word takes no keys from the others', () => {
  const composition = word()
  expect(composition.takes(key('Enter', 50, { target: new EventTarget() }))).toBeNull()
})

it('C1: several words one after the other, each with its own end', () => {
  const composition = word()
  for (const atMs of [100, 200, 300]) {
    composition.start(field)
    composition.takes(key('n', atMs, composing))
    composition.end(atMs)
    expect(composition.takes(key('Enter', atMs, late))).toBe('late')
    composition.keyUp()
  }
  expect(composition.takes(key('Enter', 400))).toBeNull()
})
