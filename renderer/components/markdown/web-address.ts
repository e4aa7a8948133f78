const allowed = new Set(['http:', 'https:', 'mailto:'])

/** The whole address of a link that may be offered, as a browser would read it; null for any other. */
export function webAddress(address: string): string | null {
  try {
    const url = new URL(address) // without a base: a relative address would lead into the page itself
    return allowed.has(url.protocol) ? url.href : null
  } catch {
    return null
  }
}
