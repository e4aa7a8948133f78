import { expect, test } from 'vitest'
import { readRecording, recordedVersions } from '../../simulator/ollama/captures/recorded-exchange.testing'
import type { Protocol } from '../../wire/framing'
import { judge } from './outcomes'
import { StreamScanner } from './stream-scanner'

function read(version: string, file: string, protocol: Protocol, pieceBytes: number) {
  const body = Buffer.from(readRecording(version, file).expected.body)
  const scanner = new StreamScanner(protocol, 16)
  for (let at = 0; at < body.length; at += pieceBytes) scanner.push(body.subarray(at, at + pieceBytes), at)
  return scanner.end(body.length)
}

const streams: [file: string, protocol: Protocol, outcome: string, source: string][] = [
  ['generate-stream', 'ollama', 'ok', 'eval_count'],
  ['chat-stream', 'ollama', 'ok', 'eval_count'],
  ['v1-chat-stream', 'openai', 'ok', 'chunks'],
  ['v1-chat-stream-usage', 'openai', 'ok', 'usage'],
  ['sig-SIGTERM-streaming-client', 'ollama', 'truncated', 'chunks'],
  ['rk-midstream-client', 'ollama', 'stream-error', 'chunks'],
]

if (recordedVersions.length === 0) {
  test.skip('how recorded streams of real servers are read: the recordings are not beside this repository', () => {})
}

test.each(recordedVersions.flatMap((version) => streams.map((stream) => [version, ...stream] as const)))(
  '%s %s: a recorded %s stream is read as %s, counted by %s',
  (version, file, protocol, outcome, source) => {
    for (const pieceBytes of [1 << 20, 97]) {
      const reading = read(version, file, protocol, pieceBytes)
      expect([judge(reading), reading.tokenSource]).toEqual([outcome, source])
      expect(reading.eventCount).toBeGreaterThan(0)
      // A token is not an event: bytes are held back until they are a character, and the end token is counted.
      if (source !== 'chunks') expect(reading.outputTokens).toBeGreaterThanOrEqual(reading.eventCount)
    }
  },
)
