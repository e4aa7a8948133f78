import { expect, test } from 'vitest'
import { Redactor } from './redactor'

const odd = 'k"ß\\ /+&<雪>\'%=;x9'

const spellings: [string, (secret: string) => string][] = [
  ['as it is', (secret) => secret],
  ['in JSON', (secret) => JSON.stringify({ key: secret })],
  ['in JSON in JSON', (secret) => JSON.stringify(JSON.stringify({ key: secret }))],
  [
    'in JSON as Go writes it',
    (secret) => JSON.stringify(secret).replace(/[<>&]/g, (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`),
  ],
  [
    'in JSON of ASCII only',
    (secret) =>
      JSON.stringify(secret).replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`),
  ],
  ['with slashes escaped', (secret) => JSON.stringify(secret).replaceAll('/', '\\/')],
  ['in a query', (secret) => `https://host/v1?key=${encodeURIComponent(secret)}&x=1`],
  ['in a query in small letters', (secret) => encodeURIComponent(secret).replace(/%../g, (code) => code.toLowerCase())],
  ['in a form', (secret) => new URLSearchParams({ key: secret }).toString()],
  ['twice percent-encoded', (secret) => encodeURIComponent(encodeURIComponent(secret))],
  ['in a path', (secret) => encodeURI(secret)],
  [
    'as every byte percent-encoded',
    (secret) => [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  ],
  ['in base64', (secret) => Buffer.from(secret).toString('base64')],
  ['in base64 of URLs', (secret) => Buffer.from(secret).toString('base64url')],
  ['in a Basic header', (secret) => `Authorization: Basic ${Buffer.from(`:${secret}`).toString('base64')}`],
  ['in a Basic header with a name', (secret) => `Basic ${Buffer.from(`me:${secret}`).toString('base64')}`],
  ['in base64 among others', (secret) => Buffer.from(`{"a":"${secret}","b":1}`).toString('base64')],
  ['in base64 in a query', (secret) => encodeURIComponent(Buffer.from(`u:${secret}`).toString('base64'))],
  ['in hexadecimal', (secret) => Buffer.from(secret).toString('hex')],
  ['in hexadecimal, large', (secret) => Buffer.from(secret).toString('hex').toUpperCase()],
  [
    'as entities',
    (secret) =>
      secret.replace(
        /[&<>"']/g,
        (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[sign] ?? '&#39;',
      ),
  ],
]
const secrets = [
  'sk-proj-AbCdEfGh12345678_-x',
  odd,
  'pa55',
  'correct horse battery',
  'ключ-от-двери',
  'a'.repeat(200),
  '🔑🔑🔑🔑',
]

test.each(spellings)('a secret is blotted out %s', (_, spell) => {
  for (const secret of secrets) {
    const redactor = new Redactor()
    redactor.know(secret)
    const spelt = spell(secret)
    const redacted = redactor.redact(`before ${spelt} after`)
    expect(redacted, spelt).toMatch(/^before .*….* after$/)
    expect(redacted).not.toContain(spelt)
    expect(redacted.length, `${spelt} became ${redacted}`).toBeLessThan('before  after'.length + spelt.length)
  }
})

test.each(spellings)('a secret in a file is overwritten in place %s', (_, spell) => {
  for (const secret of secrets) {
    const redactor = new Redactor()
    redactor.know(secret)
    const bytes = Buffer.from(`öde ${spell(secret)} ende\n`)
    const { length } = bytes
    expect(redactor.blotOut(bytes)).toBe(true)
    expect(bytes.toString()).toMatch(/^öde .*\*{3}.* ende\n$/)
    expect(bytes.toString()).not.toContain(spell(secret))
    expect(bytes).toHaveLength(length)
    expect(redactor.blotOut(bytes)).toBe(false)
  }
})

test('a secret that holds another is blotted out whole, and one that was put in twice once', () => {
  const redactor = new Redactor()
  for (const secret of ['abcdefgh', 'abcdefgh-ijklmnop', 'abcdefgh']) redactor.know(secret)
  expect(redactor.redact('abcdefgh-ijklmnop and abcdefgh.')).toBe('… and ….')
})

test.each([
  ['pa55', 'spa55word pa55. (pa55)', 'spa55word …. (…)'],
  ['key', 'the key is not long enough', 'the key is not long enough'],
  ['ollama', 'ollama serve', 'ollama serve'],
  ['EMPTY', 'EMPTY', 'EMPTY'],
])('of %j the text %j becomes %j', (secret, text, redacted) => {
  const redactor = new Redactor()
  redactor.know(secret)
  expect(redactor.redact(text)).toBe(redacted)
})

test('secrets known by their look go as before', () => {
  expect(new Redactor().redact('Bearer abcdef0123456789 sk-abcdefghijklmnop1234')).toBe('Bearer … sk-...1234')
})

test.each(['a', '\\', '%25', 'QUFB', '61', 'k"'])(
  'a long text of %j takes no more than its length in time',
  (piece) => {
    const redactor = new Redactor()
    for (const secret of [odd, 'a'.repeat(64), `${'\\'.repeat(20)}x`]) redactor.know(secret)
    const before = process.cpuUsage()
    redactor.redact(piece.repeat(400_000 / piece.length))
    const workedMs = process.cpuUsage(before).user / 1000 // of this process: others' work does not count
    expect(workedMs).toBeLessThan(5000) // quadratic, it is minutes
  },
)

test.each([
  ['escapes with four backslashes', (code: string) => `\\\\\\\\u00${code}`],
  ['entities with three noughts', (code: string) => `&#x000${code};`],
])('a secret in %s is no longer than what is kept back for one', (_, spell) => {
  const redactor = new Redactor()
  redactor.know('hunter2hunter2!XYZ')
  const spelt = [...Buffer.from('hunter2hunter2!XYZ')].map((byte) => spell(byte.toString(16))).join('')
  expect(redactor.redact(spelt)).toBe('…')
  expect(spelt.length).toBeLessThanOrEqual(redactor.longestBytes)
})

test('a secret that lies over the end of what is looked through does not begin there', () => {
  const redactor = new Redactor()
  redactor.know('hunter2hunter2!XYZ')
  expect(redactor.redact('hunter2hunter2!XYZ,'.repeat(5000))).not.toContain('hunte')
})
