import { z } from 'zod'
import type { JsonFile } from '../platform/json-file'
import { SavedForm } from '../platform/saved-form'

const Rectangle = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })
export type Rectangle = z.infer<typeof Rectangle>

/** How the window was left. */
const WindowPlace = z.object({
  bounds: Rectangle.nullable().default(null),
  isMaximised: z.boolean().default(false),
})
export type WindowPlaceFile = JsonFile<typeof WindowPlace>
export const windowPlaceForm = new SavedForm('place of the window', WindowPlace)

export const smallest = { width: 760, height: 520 }
const usual = { width: 1280, height: 800 }
const grip = { width: 160, height: 40 } // so much of the title bar must be on a screen to be taken hold of

/**
 * Where to open the window: as it was left, no larger than a screen; without a position, which centres it, when the
 * screen it was on is gone. `screens` are the free areas of the displays, the main one first.
 */
export function placeWindow(left: Rectangle | null, screens: readonly Rectangle[]): Partial<Rectangle> {
  const screen = screens.find((candidate) => left && isReachable(left, candidate)) ?? screens[0]
  const fitted = (side: 'width' | 'height') => {
    const wanted = Math.max(left?.[side] ?? usual[side], smallest[side])
    return screen ? Math.min(wanted, screen[side]) : wanted
  }
  const size = { width: fitted('width'), height: fitted('height') }
  return left && screen && isReachable(left, screen) ? { x: left.x, y: left.y, ...size } : size
}

function isReachable(window: Rectangle, screen: Rectangle) {
  const seen = (start: 'x' | 'y', side: 'width' | 'height') =>
    Math.min(window[start] + window[side], screen[start] + screen[side]) - Math.max(window[start], screen[start])
  const titleIsBelowTop = window.y >= screen.y && window.y + grip.height <= screen.y + screen.height
  return seen('x', 'width') >= grip.width && titleIsBelowTop
}
