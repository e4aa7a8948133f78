import { expect, test } from 'vitest'
import { placeWindow, windowPlaceForm } from './window-place'

const main = { x: 0, y: 25, width: 1920, height: 1055 }
const second = { x: 1920, y: 0, width: 2560, height: 1440 }

test('the first window has its usual size, in the middle', () => {
  expect(placeWindow(null, [main])).toEqual({ width: 1280, height: 800 })
})

test('the first window fits a small screen', () => {
  expect(placeWindow(null, [{ x: 0, y: 0, width: 1024, height: 600 }])).toEqual({ width: 1024, height: 600 })
})

test.each([
  ['on the main screen', { x: 100, y: 100, width: 1000, height: 700 }],
  ['on the second screen', { x: 2000, y: 300, width: 1500, height: 900 }],
  ['partly beside the screen', { x: -600, y: 100, width: 1000, height: 700 }],
])('a window %s comes back where it was', (_, left) => {
  expect(placeWindow(left, [main, second])).toEqual(left)
})

test.each([
  ['whose screen is gone', { x: 2000, y: 300, width: 1500, height: 900 }],
  ['almost off the side', { x: 1900, y: 100, width: 1000, height: 700 }],
  ['with its title above the screen', { x: 100, y: -300, width: 1000, height: 700 }],
  ['with its title below the screen', { x: 100, y: 1070, width: 1000, height: 700 }],
])('a window %s comes back in the middle, in its size', (_, left) => {
  expect(placeWindow(left, [main])).toEqual({ width: left.width, height: left.height })
})

test('a window larger than its screen is made to fit', () => {
  expect(placeWindow({ x: 0, y: 30, width: 3000, height: 2000 }, [main])).toEqual({
    x: 0,
    y: 30,
    width: 1920,
    height: 1055,
  })
})

test('an empty file means a first window', () => {
  expect(windowPlaceForm.empty()).toEqual({ bounds: null, isMaximised: false })
})
