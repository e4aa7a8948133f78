import { expect, test } from 'vitest'
import { failureOfPull } from './pull-failure'

test.each([
  ['modelNotFound', 'pull model manifest: file does not exist'],
  [
    'registryUnreachable',
    'pull model manifest: Get "https://registry.ollama.ai/v2/": dial tcp: lookup registry.ollama.ai: no such host',
  ],
  [
    'registryUnreachable',
    'pull model manifest: Get "http://127.0.0.1:5999/v2/": dial tcp 127.0.0.1:5999: connect: connection refused',
  ],
  [
    'registryUnreachable',
    'pull model manifest: Get "https://127.0.0.1:5000/v2/": tls: first record does not look like a TLS handshake',
  ],
  ['registryUnreachable', 'max retries exceeded: unexpected EOF'],
  ['registryRefused', 'pull model manifest: unauthorized: access denied'],
  ['registryRefused', 'pull model manifest: 401: {"errors":[]}'],
  [
    'ollamaTooOld',
    'pull model manifest: 412: \n\nThe model you are attempting to pull requires a newer version of Ollama.',
  ],
  ['diskFull', 'write /m/blobs/sha256-1-partial: no space left on device'],
  ['diskFull', 'max retries exceeded: write x: There is not enough space on the disk.'],
  ['downloadDamaged', 'digest mismatch, file must be downloaded again: want sha256:a, got sha256:b'],
  ['modelNameInvalid', 'invalid model name'],
  ['pullFailed', 'http: no Location header in response'],
  ['pullFailed', 'file does not exist'], // a layer that the registry does not have; the model it does
  ['pullFailed', 'EOF'], // a note on a part that was left empty
])('%s: %s', (code, text) => expect(failureOfPull(text)).toMatchObject({ code, detail: text }))
