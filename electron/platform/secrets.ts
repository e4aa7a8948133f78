import type { Logger } from './logger'
import type { Redactor } from './redactor'

/** How well a secret is kept: by the system's own keyring, in a file that only its owner may read, or given by the environment. */
export type Keeping = 'keyring' | 'file' | 'environment'

/** Keys of others, by an id of ours. What is put in is blotted out wherever it comes back; none is read but to be sent. */
export interface Secrets {
  /** How what is put in now will be kept. */
  readonly keeping: Exclude<Keeping, 'environment'>
  /** Keeps a secret in place of the one before. It is written, or this throws. */
  set(id: string, secret: string): void
  remove(id: string): void
  /** What a page may see of it, and how it is kept; null where there is none. */
  look(id: string): { hint: string; keeping: Keeping } | null
  /** Lends it for as long as `send` runs: for the wire, and for nobody else. Null where there is none. */
  use<Result>(id: string, send: (secret: string | null) => Result): Result
}

/** Made by the host, since each has its own place for them. */
export type OpenSecrets = (ground: {
  dataFolder: string
  redactor: Redactor
  logger: Logger
}) => Promise<Secrets> | Secrets

/** `sk-…abcd`: enough to tell two keys apart, of a short one nothing. */
export function hintOf(secret: string): string {
  if (secret.length < 12) return '…'
  const prefix = /^[A-Za-z]{1,6}[-_]/.exec(secret)?.[0] ?? ''
  return `${prefix}…${secret.slice(-4)}`
}
