/** Whether a version speaks as 0.5.12 does; 0.7.0 changed the log, the statuses and the routes. */
export const isOldStyle = (version: string) => {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major === 0 && minor < 7
}

/** Whether one version is before another: numbers compared as numbers. */
export function isOlder(version: string, than: string): boolean {
  const left = version.split('.').map(Number)
  const right = than.split('.').map(Number)
  const place = left.findIndex((number, index) => number !== right[index])
  return place >= 0 && (left[place] ?? 0) < (right[place] ?? 0)
}
