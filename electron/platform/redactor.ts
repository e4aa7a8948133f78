import { redact } from './redact'
import { fillForms, formsOf } from './secret-forms'

/** A text without the secrets in it. */
export type Redact = (text: string) => string

/** Shorter ones are not blotted out: they would take half of every log with them, and protect nothing. */
export const shortestSecret = 4

/** Four times what is left of a long text in the end. */
const readAtMost = 64 * 1024

/** What servers that want no key are given for one, by their own instructions: words of every log. */
const standIns = new Set([
  'empty',
  'none',
  'null',
  'dummy',
  'test',
  'token',
  'ollama',
  'vllm',
  'lm-studio',
  'sk-no-key-required',
])

/** Blots out the secrets that were put into Corral, in whatever form they come back, and those known by their look. */
export class Redactor {
  /** The longest first: one may be a part of another. */
  #known: { secret: string; forms: RegExp; formsInBytes: RegExp }[] = []

  /** From now on this secret is blotted out, for as long as the host lives: what was said of it may come again. */
  know(secret: string): void {
    const isWorthIt = secret.length >= shortestSecret && !standIns.has(secret.toLowerCase())
    if (!isWorthIt || this.#known.some((known) => known.secret === secret)) return
    const forms = formsOf(secret, 'text')
    this.#known = [...this.#known, { secret, forms, formsInBytes: formsOf(secret, 'bytes') }].sort(
      (one, other) => other.secret.length - one.secret.length,
    )
  }

  /** The text without secrets; of an endless one its beginning. */
  readonly redact: Redact = (text) =>
    redact(this.#known.reduce((left, { forms }) => left.replace(forms, '…'), this.#beginningOf(text)))

  /** What is looked through; a secret that lies over its end would not be known, so what may be one is left out. */
  #beginningOf(text: string): string {
    if (text.length <= readAtMost) return text
    const whole = this.#known.reduce(
      (left, { forms }) => left.replace(forms, '…'),
      text.slice(0, readAtMost + this.longestBytes),
    )
    return whole.slice(0, Math.max(0, whole.length - this.longestBytes))
  }

  /** The same for what lies in a file: overwrites each known secret in place. Tells whether there was one. */
  blotOut(bytes: Buffer): boolean {
    return this.#known.filter(({ formsInBytes }) => fillForms(bytes, formsInBytes)).length > 0
  }

  /** How many bytes a known secret may take in its longest form. */
  get longestBytes(): number {
    return 12 * Math.max(0, ...this.#known.map(({ secret }) => Buffer.byteLength(secret)))
  }
}
