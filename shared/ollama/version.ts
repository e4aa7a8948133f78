/** The numbers of a version; a build from source says 0.0.0 and counts as the newest. Pre-releases count as their release. */
function numbersOf(version: string): number[] {
  const numbers = version
    .replace(/^v/, '')
    .replace(/-.*$/, '')
    .split('.')
    .map((part) => Number.parseInt(part, 10) || 0)
  return numbers.every((number) => number === 0) ? [Number.POSITIVE_INFINITY] : numbers
}

/** Negative when `left` is older than `right`, positive when newer, 0 when the same. */
export function compareVersions(left: string, right: string): number {
  const [leftNumbers, rightNumbers] = [numbersOf(left), numbersOf(right)]
  for (let place = 0; place < 3; place++) {
    const [leftNumber, rightNumber] = [leftNumbers[place] ?? 0, rightNumbers[place] ?? 0]
    if (leftNumber !== rightNumber) return leftNumber < rightNumber ? -1 : 1
  }
  return 0
}

export const isAtLeast = (version: string, wanted: string): boolean => compareVersions(version, wanted) >= 0
