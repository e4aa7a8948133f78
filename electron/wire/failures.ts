import { Failure, type FailureCode } from '../../shared/failure'
import { failureOf } from './failure-of'
import { fields, isText, textOrNull } from './fields'
import type { Protocol } from './framing'

/** What Node says of a link, by its code; what is not here is an error of ours. */
const ofSockets: readonly [RegExp, FailureCode][] = [
  [/^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL)$/, 'serverNotReady'],
  [/CERT|SELF_SIGNED|UNABLE_TO_(GET|VERIFY)|ALTNAME|^HOSTNAME_MISMATCH$/, 'tlsFailed'],
  [
    /^(ECONNRESET|EPIPE|ETIMEDOUT|ECONNABORTED|EPROTO|HPE_.*|ERR_SSL_.*|ERR_STREAM_PREMATURE_CLOSE)$/,
    'serverConnectionLost',
  ],
]

type Said = { status: number | null; code: string; type: string; text: string }

/**
 * What an OpenAI-style server's error means: the first row that holds. Codes and types go before the status, since
 * relays say 503 for an unknown model, 401 for an empty account and 500 for a bad request (see what five gateways said).
 */
const ofRelays: readonly [(said: Said) => boolean, FailureCode][] = [
  [({ code, type }) => /context_length_exceeded|exceed_context_size/.test(`${code} ${type}`), 'contextTooLong'],
  [
    ({ text }) =>
      /ContextWindowExceeded|maximum context length|available context size|input tokens.*context/i.test(text),
    'contextTooLong',
  ],
  [({ status }) => status === 413, 'contextTooLong'],
  [
    ({ code, type, text }) =>
      /content_filter|content_policy|sensitive_words|moderation/i.test(`${code} ${type}`) ||
      /ContentPolicyViolation/.test(text),
    'contentFiltered',
  ],
  [
    ({ code, type }) => /model_not_found|NotFoundError|not_found_error|model_not_supported/.test(`${code} ${type}`),
    'unknownModel',
  ],
  [({ status, text }) => status === 404 && /\bmodel\b/i.test(text), 'unknownModel'],
  [
    ({ status, text }) => status === 400 && /invalid model name|model .*(not exist|not found)/i.test(text),
    'unknownModel',
  ],
  // A key's own limit before the account's: relays say both with words of quota.
  [
    ({ code, text }) => /pre_consume_token_quota|token_quota/.test(code) || /令牌.*额度.*用尽/.test(text),
    'quotaUsedUp',
  ],
  [({ code, type }) => /budget_exceeded/i.test(`${code} ${type}`), 'quotaUsedUp'],
  [({ status, code }) => status === 402 && /in_flight/.test(code), 'rateLimited'],
  [({ code, type }) => /insufficient|credit/i.test(`${code} ${type}`), 'outOfCredit'],
  [
    ({ status, text }) => status === 402 || /额度不足|余额不足|额度失败|insufficient (balance|credit)/i.test(text),
    'outOfCredit',
  ],
  [({ code, type }) => /quota/i.test(`${code} ${type}`), 'outOfCredit'],
  [({ status, code }) => status === 401 || status === 403 || /invalid_api_key|access_denied/.test(code), 'keyRefused'],
  [({ status, code }) => status === 429 || /rate_limit_exceeded/.test(code) || code === '429', 'rateLimited'],
  // Behind a code, since relays answer 500 to a client's fault; model_price_error is the relay's own.
  [
    ({ status, code, type }) =>
      !/price/.test(code) && (status === 422 || /^invalid_request/.test(code) || (status === 400 && type !== '')),
    'badRequest',
  ],
  [({ status, code }) => !/price/.test(code) && status === 400, 'badRequest'],
  [({ status }) => status === 404 || status === 405 || status === 501, 'notThisProtocol'],
]

/** What an error says that came with a status or inside a stream (`status` null), whatever its form. */
export function failureOfWords(protocol: Protocol, status: number | null, said: unknown): Failure {
  if (protocol === 'ollama') return failureOf(status ?? 200, typeof said === 'string' ? said : jsonOf(said))
  const { code, type, text } = wordsOf(said)
  if (isPage(text) && (status === null || status < 300)) return new Failure('websiteNotApi', text)
  const meant = ofRelays.find(([holds]) => holds({ status, code, type, text }))?.[1] ?? 'relayFailed'
  return new Failure(meant, text || (status === null ? undefined : `HTTP ${status}`))
}

/** A link that broke, was refused, or was given up by whoever asked: then its reason comes back as it is. */
export function failureOfLink(error: unknown, signal: AbortSignal | undefined): unknown {
  if (error instanceof Failure || !(error instanceof Error)) return error
  // Whoever leaves in the middle of an answer is told by Node of a broken link.
  if (signal?.aborted) return isTimeout(signal.reason) ? new Failure('serverNotAnswering') : signal.reason
  const socketCode = (error as NodeJS.ErrnoException).code ?? ''
  const code = ofSockets.find(([codes]) => codes.test(socketCode))?.[1]
  return code === undefined ? error : new Failure(code, error.message)
}

export const isTimeout = (error: unknown) => error instanceof Error && error.name === 'TimeoutError'

/** An error in an error in an error says no more. */
const deepestError = 6

/** Code, type and text of an error: an object, a text, JSON in a text, a page. The inmost text says most. */
export function wordsOf(said: unknown, depth = 0): { code: string; type: string; text: string } {
  if (typeof said === 'string') {
    const inner = depth < deepestError ? parsed(said) : null
    return inner === null ? { code: '', type: '', text: plainText(said) } : wordsOf(inner, depth + 1)
  }
  const { error, message, code, type, metadata, detail } = fields(said)
  if (error !== undefined && error !== null && depth < deepestError) {
    const inner = wordsOf(error, depth + 1)
    return { ...inner, code: inner.code || String(code ?? '') }
  }
  // OpenRouter keeps what its provider said apart; its own message is often only that there was an error.
  const raw = textOrNull(fields(metadata).raw)
  const text = [message, detail].find(isText)
  return {
    code: [code, fields(metadata).error_type].flatMap((part) => part ?? []).join(' '),
    type: isText(type) ? type : '',
    text: [text === undefined ? (raw ? '' : jsonOf(said)) : wordsOf(text, depth + 1).text, raw ?? '']
      .filter(Boolean)
      .join(': '),
  }
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value)
  } catch {
    return 'an error that cannot be shown' // thousands of objects in each other
  }
}

function parsed(text: string): object | null {
  try {
    const value: unknown = JSON.parse(text.trim().replace(/^data:/, ''))
    return typeof value === 'object' ? value : null
  } catch {
    return null
  }
}

/** A page says little: its title, or its text without marks. */
const pageMark = 'HTML: '
const isPage = (text: string) => text.startsWith(pageMark)

function plainText(text: string): string {
  if (!/^\s*<(!doctype|html|head|body)/i.test(text)) return text.trim().slice(0, 2000)
  const title = /<title[^>]*>([^<]*)/i.exec(text)?.[1]?.trim()
  return title
    ? `${pageMark}${title}`
    : `${pageMark}${text
        .replace(/<[^>]*>/g, ' ')
        .replace(/\s+/g, ' ')
        .trim()
        .slice(0, 300)}`
}
