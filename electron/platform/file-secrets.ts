import { join } from 'node:path'
import { z } from 'zod'
import { JsonFile } from './json-file'
import type { Logger } from './logger'
import type { Redactor } from './redactor'
import { SavedForm } from './saved-form'
import { hintOf, type Keeping, type Secrets } from './secrets'

/** How a secret is written down, and read again; the kind says which of several ways it was. */
export type Cipher = {
  keeping: Exclude<Keeping, 'environment'>
  seal(secret: string): string
  /** Null where it can no longer be read: another user's, another keyring. */
  open(sealed: string): string | null
}

const asItIs: Cipher = { keeping: 'file', seal: (secret) => secret, open: (sealed) => sealed }

const SavedSecrets = z.object({
  secrets: z.record(z.string(), z.object({ keeping: z.enum(['keyring', 'file']), sealed: z.string() })).default({}),
})
const savedSecrets = new SavedForm('secrets', SavedSecrets)

/** Where secrets lie in a data folder. */
export const secretsFileIn = (dataFolder: string) => join(dataFolder, 'secrets.json')

/** The variable that gives a secret by its id: `CORRAL_SECRET_MY_RELAY` for `my-relay`. */
const variableOf = (id: string) => `CORRAL_SECRET_${id.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`

type Needs = {
  dataFolder: string
  redactor: Redactor
  logger: Logger
  environment?: NodeJS.ProcessEnv
  cipher?: Cipher
}

/** Secrets in a file that only its owner may read, as they are or sealed by a keyring; one that the environment gives comes first. */
export class FileSecrets implements Secrets {
  readonly #file: JsonFile<typeof SavedSecrets>
  readonly #redactor: Redactor
  readonly #cipher: Cipher
  readonly #environment: NodeJS.ProcessEnv

  constructor({ dataFolder, redactor, logger, environment = process.env, cipher = asItIs }: Needs) {
    this.#redactor = redactor
    this.#cipher = cipher
    this.#environment = environment
    this.#file = new JsonFile(secretsFileIn(dataFolder), savedSecrets, logger)
    for (const id of Object.keys(this.#file.value.secrets)) {
      const secret = this.#kept(id)
      if (secret === null) logger.warn('a secret can no longer be read: the keyring is another one', { id })
      else redactor.know(secret)
    }
    for (const [name, value] of Object.entries(environment)) {
      if (name.startsWith(variableOf('')) && value) redactor.know(value)
    }
  }

  get keeping(): Cipher['keeping'] {
    return this.#cipher.keeping
  }

  set(id: string, secret: string): void {
    this.#redactor.know(secret) // first: even the failure to write it may say it
    const kept = { keeping: this.#cipher.keeping, sealed: this.#cipher.seal(secret) }
    this.#file.write({ secrets: { ...this.#file.value.secrets, [id]: kept } })
  }

  remove(id: string): void {
    const { [id]: _, ...others } = this.#file.value.secrets
    this.#file.write({ secrets: others })
  }

  look(id: string): { hint: string; keeping: Keeping } | null {
    const given = this.#given(id)
    if (given !== null) return { hint: hintOf(given), keeping: 'environment' }
    const kept = this.#kept(id)
    return kept === null ? null : { hint: hintOf(kept), keeping: this.#file.value.secrets[id]?.keeping ?? 'file' }
  }

  use<Result>(id: string, send: (secret: string | null) => Result): Result {
    return send(this.#given(id) ?? this.#kept(id))
  }

  #given(id: string): string | null {
    return this.#environment[variableOf(id)] || null
  }

  #kept(id: string): string | null {
    const kept = this.#file.value.secrets[id]
    if (!kept) return null
    return kept.keeping === 'file' ? kept.sealed : this.#cipher.open(kept.sealed)
  }
}
