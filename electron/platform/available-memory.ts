import { readFileSync } from 'node:fs'
import { freemem } from 'node:os'

/** Linux calls memory that its cache would give back "available"; os.freemem leaves the cache out on older Nodes. */
export function availableMemoryBytes(): number {
  try {
    const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync('/proc/meminfo', 'utf8'))?.[1]
    if (kibibytes) return Number(kibibytes) * 1024
  } catch {
    // Only Linux has this file.
  }
  return freemem()
}
