import { Failure, type FailureCode } from '../../../shared/failure'
import { type KnownLine, says } from '../../../shared/ollama/known-lines'

/** The first that is said decides. */
const meanings: [KnownLine, FailureCode][] = [
  ['disk-full', 'diskFull'],
  ['newer-ollama-needed', 'ollamaTooOld'],
  ['registry-refuses', 'registryRefused'],
  ['manifest-not-found', 'modelNotFound'],
  ['model-not-found', 'modelNotFound'],
  ['name-invalid', 'modelNameInvalid'],
  ['download-damaged', 'downloadDamaged'],
  ['registry-unreachable', 'registryUnreachable'],
]

/** What a pull's error line means. */
export function failureOfPull(text: string): Failure {
  const code = meanings.find(([known]) => says(known, text))?.[1] ?? 'pullFailed'
  return new Failure(code, text.trim())
}
