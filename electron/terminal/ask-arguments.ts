import { parseArgs } from 'node:util'
import { type Protocol, readBaseUrl } from '../../shared/backends/base-url'
import { readPastedKey } from '../../shared/backends/pasted-key'

export type AskArguments = {
  chatUrl: string
  protocol: Protocol
  model: string
  key: string | null
  system: string | null
  maxTokens: number | null
  contextLength: number | null
  connectTimeoutMs: number
  firstTokenTimeoutMs: number
  stallTimeoutMs: number
  retries: number
  language: 'en' | 'zh-CN'
  isJson: boolean
  /** Null: it stands in stdin. */
  question: string | null
}

/** A command line that cannot be acted on; the message says what to do. */
export class UsageError extends Error {}

export const askUsage = `npm run ask -- --url URL --protocol openai|ollama --model NAME [options] "question"
  --key-env NAME                environment variable that holds the API key
  --system TEXT                 system prompt
  --max-tokens N                longest answer
  --num-ctx N                   context length, of Ollama
  --connect-timeout-ms N        10000
  --first-token-timeout-ms N    120000
  --stall-timeout-ms N          60000
  --retries N                   3, of what may get better, before the first token
  --lang en|zh-CN               language of words and failures
  --json                        one line of JSON on stdout in place of the text
A question of - is read from stdin. Exit: 0 done, 2 bad usage, 3 failed, 4 cut or stopped.
`

const texts = ['url', 'protocol', 'model', 'key-env', 'system', 'lang'] as const
const numbers = [
  'max-tokens',
  'num-ctx',
  'connect-timeout-ms',
  'first-token-timeout-ms',
  'stall-timeout-ms',
  'retries',
] as const

/** Reads the command line of `ask`. @throws {UsageError} */
export function parseAskArguments(
  commandLine: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  systemLanguage: string,
): AskArguments {
  const { values, positionals } = parsed(commandLine)
  const text = (name: (typeof texts)[number]) => values[name] as string | undefined
  const needed = (name: (typeof texts)[number]) => {
    const value = text(name)
    if (!value) throw new UsageError(`--${name} is missing.`)
    return value
  }
  const number = (name: (typeof numbers)[number], usual: number | null, least = 1) => {
    const value = values[name] as string | undefined
    if (value === undefined) return usual
    if (!/^\d{1,9}$/.test(value) || Number(value) < least)
      throw new UsageError(`--${name} takes a whole number from ${least}.`)
    return Number(value)
  }
  const url = needed('url')
  const protocol = needed('protocol')
  if (protocol !== 'openai' && protocol !== 'ollama') throw new UsageError('--protocol is openai or ollama.')
  const language = text('lang') ?? (/^zh/i.test(systemLanguage) ? 'zh-CN' : 'en')
  if (language !== 'en' && language !== 'zh-CN') throw new UsageError('--lang is en or zh-CN.')
  const address = readBaseUrl(url, protocol)
  if (!address.ok) throw new UsageError(`--url cannot be used: ${address.problem}.`)
  const [question, ...more] = positionals
  if (question === undefined || more.length > 0) throw new UsageError('Give one question, in quotes, or - for stdin.')
  if (question.trim() === '') throw new UsageError('The question is empty.')
  return {
    chatUrl: address.addresses.chatUrl,
    protocol,
    model: needed('model'),
    key: keyIn(text('key-env'), environment),
    system: text('system') ?? null,
    maxTokens: number('max-tokens', null),
    contextLength: number('num-ctx', null),
    connectTimeoutMs: number('connect-timeout-ms', 10_000) as number,
    firstTokenTimeoutMs: number('first-token-timeout-ms', 120_000) as number,
    stallTimeoutMs: number('stall-timeout-ms', 60_000) as number,
    retries: number('retries', 3, 0) as number,
    language,
    isJson: values.json === true,
    question: question === '-' ? null : question,
  }
}

function parsed(commandLine: readonly string[]): { values: Record<string, unknown>; positionals: string[] } {
  const options = Object.fromEntries([
    ...[...texts, ...numbers].map((name) => [name, { type: 'string' }] as const),
    ['json', { type: 'boolean' }] as const,
  ])
  try {
    return parseArgs({ args: [...commandLine], options, allowPositionals: true, strict: true })
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error))
  }
}

function keyIn(name: string | undefined, environment: Readonly<Record<string, string | undefined>>): string | null {
  if (name === undefined) return null
  const pasted = environment[name]
  if (pasted === undefined || pasted === '')
    throw new UsageError(`The environment variable ${name} of --key-env is not set.`)
  const read = readPastedKey(pasted)
  if (read.ok) return read.key
  const why = read.problem === 'empty' ? 'holds no key' : `holds a sign that no key has, at place ${read.place}`
  throw new UsageError(`The environment variable ${name} ${why}.`)
}
