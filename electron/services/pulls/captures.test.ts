import { expect, test } from 'vitest'
import { ownModel } from '../../../shared/backends/own'
import { readRecording, recordedVersions } from '../../simulator/ollama/captures/recorded-exchange.testing'
import { pullsAgainst } from './pulls-under-test.testing'

const endings: [file: string, state: string, code?: string][] = [
  ['pull-tiny', 'done'],
  ['pull-tiny-again', 'done'],
  ['pull-big-throttled', 'done'],
  ['pull-big-client2', 'done'],
  ['pull-resumed', 'done'],
  ['pull-dropped-connection', 'done'],
  ['pull-mode-direct', 'done'],
  ['pull-cancelled', 'failed', 'pullFailed'], // cut by its client: a stream without an end
  ['pull-unknown', 'failed', 'modelNotFound'],
  ['pull-unknown-nostream', 'failed', 'modelNotFound'],
  ['pull-missing-blob', 'failed', 'layerMissing'],
  ['pull-bad-name', 'failed', 'modelNameInvalid'],
  ['pull-corrupt', 'failed', 'downloadDamaged'],
  ['pull-no-registry', 'failed', 'registryUnreachable'],
  ['pull-not-insecure', 'failed', 'registryNotSecure'],
  ['pull-http-not-insecure', 'failed', 'registryNotSecure'],
  ['pull-mode-plain', 'failed', 'registryOdd'],
]

if (recordedVersions.length === 0) {
  test.skip('how recorded pulls of real servers end: the recordings are not beside this repository', () => {})
}

test.each(
  recordedVersions.flatMap((version) => endings.map(([file, state, code]) => ({ version, file, state, code }))),
)('$version: the recorded $file ends as $state $code', async ({ version, file, state, code }) => {
  const { status, body } = readRecording(version, file).expected
  const { pulls, until, close } = await pullsAgainst((_, response) => {
    response.writeHead(status, { 'Content-Type': 'application/x-ndjson' }).end(body)
  })
  try {
    pulls.add(ownModel('127.0.0.1:5000/library/tiny:latest'))
    const ended = await until((pull) => pull.state === 'done' || pull.state === 'failed')
    expect([ended.state, ended.failure?.code]).toEqual([state, code])
  } finally {
    await close()
  }
})
