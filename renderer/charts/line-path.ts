export type PathPoint = { x: number; y: number }

const tenths = (value: number) => Math.round(value * 10) / 10

/** The line through these points, as SVG draws it; a missing one breaks it, and one alone is a dot. */
export function linePath(points: readonly (PathPoint | null)[]): string {
  let path = ''
  let isDown = false
  points.forEach((point, place) => {
    if (point === null) {
      isDown = false
      return
    }
    const isAlone = !isDown && points[place + 1] == null
    path += `${isDown ? 'L' : 'M'}${tenths(point.x)} ${tenths(point.y)}${isAlone ? 'h0' : ''}`
    isDown = true
  })
  return path
}
