/** A key as it is sent, or where a sign stands that no key holds: its place counted from 1, never the key itself. */
export type ReadKey =
  | { ok: true; key: string }
  | { ok: false; problem: 'empty' }
  | { ok: false; problem: 'sign'; sign: string; place: number }

const edges = /^[\s\uFEFF\u200B-\u200D\u2060"'`“”‘’「」«»]+|[\s\uFEFF\u200B-\u200D\u2060"'`“”‘’「」«»]+$/gu

/**
 * A key as people paste it (faults.md, R7): blanks, invisible signs, quotes and `Bearer` around it go; whatever else is
 * not plain ASCII, as a Cyrillic а, is refused.
 */
export function readPastedKey(pasted: string): ReadKey {
  const key = pasted
    .replace(edges, '')
    .replace(/^(authorization:\s*)?bearer(\s+|$)/i, '')
    .replace(edges, '')
  if (key === '') return { ok: false, problem: 'empty' }
  const signs = [...key]
  const at = signs.findIndex((sign) => !/^[\x21-\x7e]$/.test(sign))
  const sign = signs[at]
  return sign === undefined ? { ok: true, key } : { ok: false, problem: 'sign', sign, place: at + 1 }
}

/** What is shown of a key: enough to tell two apart, too little to use. */
export function maskedKey(key: string): string {
  if (key.length < 12) return '…'
  const start = /^[a-z]{2,3}[-_]/i.exec(key)?.[0] ?? ''
  return `${start}…${key.slice(-4)}`
}
