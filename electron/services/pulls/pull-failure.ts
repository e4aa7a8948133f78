import { Failure, type FailureCode } from '../../../shared/failure'

const meanings: [RegExp, FailureCode][] = [
  [/no space left on device|not enough space on the disk|disk quota exceeded/i, 'diskFull'],
  [/pull model manifest: 412|requires a newer version of Ollama/i, 'ollamaTooOld'],
  [/unauthorized|pull model manifest: 40[13]\b|access denied/i, 'registryRefused'],
  [/manifest: file does not exist|model .* not found|manifest: 404/i, 'modelNotFound'],
  [/invalid model name|invalid model path|name .* is invalid/i, 'modelNameInvalid'],
  [/digest mismatch|invalid digest|corrupt/i, 'downloadDamaged'],
  [
    /no such host|connection refused|network is unreachable|no route to host|i\/o timeout|tls: |certificate|http response to https|connection reset|: (unexpected )?EOF$|context deadline exceeded|proxyconnect/i,
    'registryUnreachable',
  ],
]

/** What a pull's error line means (the texts: ollama.md, 3, and captures of both versions). */
export function failureOfPull(text: string): Failure {
  const code = meanings.find(([pattern]) => pattern.test(text))?.[1] ?? 'pullFailed'
  return new Failure(code, text.trim())
}
