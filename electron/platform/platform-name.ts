/** The operating system as the page may know it. */
export function platformName(platform: NodeJS.Platform = process.platform) {
  return platform === 'linux' || platform === 'darwin' || platform === 'win32' ? platform : 'other'
}
