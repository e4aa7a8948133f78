import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type Cipher, FileSecrets, secretsFileIn } from './file-secrets'
import { Redactor } from './redactor'

const key = 'sk-proj-abcdefgh12345678'
let dataFolder: string
let redactor: Redactor
let logged: string[]
beforeEach(() => {
  dataFolder = mkdtempSync(join(tmpdir(), 'corral-secrets-'))
  redactor = new Redactor()
  logged = []
})
afterEach(() => rmSync(dataFolder, { recursive: true }))

const logger = { info() {}, warn: (message: string) => logged.push(message), error() {} }
const open = (more: { environment?: NodeJS.ProcessEnv; cipher?: Cipher } = {}) =>
  new FileSecrets({ dataFolder, redactor, logger, environment: {}, ...more })
const lent = (secrets: FileSecrets, id = 'relay') => secrets.use(id, (secret) => secret)

/** Stands for a keyring: turned round, so that it is not what lies in the file. */
const keyring: Cipher = {
  keeping: 'keyring',
  seal: (secret) => [...secret].reverse().join(''),
  open: (sealed) => [...sealed].reverse().join(''),
}

test('a secret is kept over a restart in a file that only its owner may read, and its hint tells it from others', () => {
  open().set('relay', key)
  const again = open()
  expect(lent(again)).toBe(key)
  expect(again.look('relay')).toEqual({ hint: 'sk-…5678', keeping: 'file' })
  if (process.platform !== 'win32') expect(statSync(secretsFileIn(dataFolder)).mode & 0o777).toBe(0o600)
})

test('of a short secret and one that is not there the hint tells nothing', () => {
  const secrets = open()
  secrets.set('short', 'pa55word')
  expect(secrets.look('short')?.hint).toBe('…')
  expect([secrets.look('other'), lent(secrets, 'other')]).toEqual([null, null])
})

test('what is put in, kept from before or given by the environment is blotted out, even once it is removed', () => {
  open().set('relay', key)
  redactor = new Redactor()
  const secrets = open({ environment: { CORRAL_SECRET_MY_RELAY: 'from-the-environment' } })
  expect(redactor.redact(`${key} from-the-environment`)).toBe('… …')
  secrets.set('relay', 'another-secret-key')
  secrets.remove('relay')
  expect(lent(secrets)).toBeNull()
  expect(redactor.redact(`${key} another-secret-key`)).toBe('… …')
  expect(readFileSync(secretsFileIn(dataFolder), 'utf8')).not.toMatch(/another-secret-key|sk-proj/)
})

test('a secret of the environment comes before the one that is kept', () => {
  const secrets = open({ environment: { CORRAL_SECRET_MY_RELAY: 'from-the-environment' } })
  secrets.set('my-relay', key)
  expect(lent(secrets, 'my-relay')).toBe('from-the-environment')
  expect(secrets.look('my-relay')).toEqual({ hint: 'from-…ment', keeping: 'environment' })
})

test('a keyring seals what is put in; what was kept without one is still read', () => {
  open().set('before', 'kept-as-it-was')
  const secrets = open({ cipher: keyring })
  secrets.set('relay', key)
  expect(readFileSync(secretsFileIn(dataFolder), 'utf8')).not.toContain(key)
  const again = open({ cipher: keyring })
  expect([lent(again), lent(again, 'before')]).toEqual([key, 'kept-as-it-was'])
  expect(again.look('relay')?.keeping).toBe('keyring')
  expect(again.look('before')?.keeping).toBe('file')
})

test('a secret of another keyring is told of, left in the file, and not there', () => {
  open({ cipher: keyring }).set('relay', key)
  const before = readFileSync(secretsFileIn(dataFolder), 'utf8')
  const secrets = open({ cipher: { ...keyring, open: () => null } })
  expect(lent(secrets)).toBeNull()
  expect(logged).toEqual(['a secret can no longer be read: the keyring is another one'])
  expect(readFileSync(secretsFileIn(dataFolder), 'utf8')).toBe(before)
})
