import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test } from 'vitest'
import { followed } from './followed.testing'
import type { Protocol } from './framing'
import { TestServers } from './test-server.testing'

const servers = TestServers.forEachTest()

type Capture = { name: string; status: number; contentType: string; body: Buffer; didBreak: boolean }

const lab = (name: string) => resolve(import.meta.dirname, '../../../shared', name, 'captures')

/** The answers recorded in a folder's files; one file may hold several, each after a line that begins with `====`. */
function capturesIn(folder: string): Capture[] {
  if (!existsSync(folder)) return []
  const files = readdirSync(folder).filter((file) => file.endsWith('.http.txt'))
  return files.flatMap((file) => {
    const recorded = readFileSync(join(folder, file), 'latin1')
    return recorded.split(/^(?===== )/m).flatMap((part) => {
      const status = /^HTTP\/1\.1 (\d+)[^\n]*\n/m.exec(part)
      if (!status) return []
      const answer = part.slice(status.index).replaceAll('\r\n', '\n')
      const blank = answer.indexOf('\n\n')
      const story = /^==== (.*)$/m.exec(part)?.[1]
      return {
        name: file.replace('.http.txt', '') + (story ? ` ${story.trim()}` : ''),
        status: Number(status[1]),
        contentType: /^content-type: (.*)$/im.exec(answer.slice(0, blank))?.[1] ?? 'text/plain',
        body: Buffer.from(answer.slice(blank + 2), 'latin1'),
        didBreak: /curl exit (18|56)/.test(part.slice(0, status.index)),
      }
    })
  })
}

/** Sends a recorded answer again over a real connection, and follows it. */
async function replayed({ status, contentType, body, didBreak }: Capture, protocol: Protocol) {
  const { baseUrl } = await servers.listen((request, response) => {
    request.resume()
    response.writeHead(status, { 'Content-Type': contentType })
    for (let at = 0; at < body.length; at += 97) response.write(body.subarray(at, at + 97))
    if (didBreak) response.write('', () => setTimeout(() => response.destroy(), 20))
    else response.end()
  })
  return await followed({ baseUrl, path: '/', body: {}, protocol })
}

const gateways = existsSync(lab('relay-lab')) ? readdirSync(lab('relay-lab')) : []
const versions = existsSync(lab('ollama-lab')) ? readdirSync(lab('ollama-lab')) : []
if (gateways.length === 0 || versions.length === 0) {
  test.skip('how recorded streams of real gateways and servers end: the recordings are not beside this repository', () => {})
}

/** How a recorded stream ends, by its name: the first row that fits. */
const streams: [name: RegExp, outcome: string][] = [
  // Some gateways hide an error that their upstream said in the middle; nothing in the stream shows it.
  [/one-api.* chat-stream-stream-error(-done|-event)?$/, 'cut'],
  [/chat-stream-claude-stream-error$/, 'cut'],
  [/stream-error|chat-stream-claude-cut|ping-then-429/, 'failed'],
  // Cut upstream, but ended by the gateway like a finished one, with `[DONE]` and a count of tokens.
  [/chat-stream(-gpt)?-cut(-clean)?$|hang-mid|killed-mid-stream/, 'cut'],
  // The chunk with the finish reason was dropped since it held usage.
  [/new-api.*usage-false-usage-on-finish/, 'cut'],
  [/stream-as-json|chat-stream-empty$|err-200|field-missing/, 'failed'],
  [/./, 'done'],
]

const recordedStreams = gateways.flatMap((gateway) =>
  capturesIn(join(lab('relay-lab'), gateway))
    .filter(({ name, status }) => status === 200 && /stream|hang-mid|ping-then/.test(name) && !/plain/.test(name))
    .map((capture) => {
      const name = `${gateway} ${capture.name}`
      return [name, streams.find(([pattern]) => pattern.test(name))?.[1] ?? '', capture] as const
    }),
)

test.each(recordedStreams)('%s is %s', async (name, outcome, capture) => {
  const answer = await replayed(capture, 'openai')
  expect(answer.outcome).toBe(outcome)
  expect(answer.text).not.toContain('\uFFFD')
  if (outcome === 'done' && !name.includes('empty')) {
    const made = answer.events.filter((event) => event.kind === 'delta' || event.kind === 'tool')
    expect(made.length).toBeGreaterThan(1)
  }
})

const refusals = gateways.flatMap((gateway) =>
  capturesIn(join(lab('relay-lab'), gateway))
    .filter(({ status }) => status >= 400)
    .map((capture) => [`${gateway} ${capture.name}`, capture] as const),
)

test.each(refusals)('%s is a failure with a name', async (_, capture) => {
  const { outcome, failure } = await replayed(capture, 'openai')
  expect(outcome).toBe('failed')
  if (capture.status === 402) expect(failure).toBe('outOfCredit')
  if (capture.status === 429) expect(failure).toMatch(/rateLimited|outOfCredit/)
  if (capture.status === 401) expect(failure).toMatch(/keyRefused|outOfCredit|quotaUsedUp/)
  expect(failure).not.toBe('ollamaFailed')
})

const own: [name: string, outcome: string, failure: string | null][] = [
  ['chat-stream', 'done', null],
  ['generate-stream', 'done', null],
  ['sig-SIGTERM-streaming-client', 'cut', 'answerEndedEarly'],
  ['rk-midstream-client', 'failed', 'runnerEnded'],
  ['err-chat-missing-model', 'failed', 'modelNotFound'],
  ['load-only', 'failed', 'modelOnlyLoaded'],
]

test.each(
  versions.flatMap((version) => {
    const captures = capturesIn(join(lab('ollama-lab'), version))
    return own.flatMap(([name, outcome, failure]) =>
      captures.filter((one) => one.name === name).map((capture) => ({ version, name, outcome, failure, capture })),
    )
  }),
)('Ollama $version: $name is $outcome $failure', async ({ outcome, failure, capture }) => {
  expect(await replayed(capture, 'ollama')).toMatchObject({ outcome, failure })
})
