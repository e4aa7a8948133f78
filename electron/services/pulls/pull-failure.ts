import { Failure, type FailureCode } from '../../../shared/failure'
import { type KnownLine, says } from '../../../shared/ollama/known-lines'
import type { Repair } from './repair-download'

/**
 * The first that is said decides: what the system says of a file before what a registry answers, and that before what
 * happens on the way to it. A sentence that is in no row is shown as it is.
 */
const meanings: [KnownLine, FailureCode][] = [
  ['disk-full', 'diskFull'],
  ['folder-refused', 'folderRefused'],
  ['file-not-used', 'folderFailed'],
  ['newer-ollama-needed', 'ollamaTooOld'],
  ['quantization-unknown', 'quantizationUnknown'],
  ['no-gguf', 'noGguf'],
  ['registry-busy', 'registryBusy'],
  ['proxy-fails', 'registryUnreachable'],
  ['registry-refuses', 'registryRefused'],
  ['manifest-not-found', 'modelNotFound'],
  ['model-not-found', 'modelNotFound'],
  ['layer-missing', 'layerMissing'],
  ['name-invalid', 'modelNameInvalid'],
  ['download-damaged', 'downloadDamaged'],
  ['registry-plain', 'registryNotSecure'],
  ['registry-odd', 'registryOdd'],
  ['registry-unreachable', 'registryUnreachable'],
]

/** A model may be called `corrupt`: what was asked for says nothing of how it went. */
const withoutAddresses = (text: string) => text.replace(/"(https?):\/\/[^"]*"/g, '"$1://…"')

/** What a pull's error line means, where nothing is known to be wrong with the files that are there. */
export function failureOfPull(said: string): Failure {
  const text = said.trim()
  const code = meanings.find(([known]) => says(known, withoutAddresses(text)))?.[1]
  return new Failure(code ?? meaningOfBareWords(text) ?? 'pullFailed', text)
}

/**
 * Whether the words may be those of Ollama's reader of the notes on how far each part is. They are bare: whatever comes
 * from a registry says where it was met.
 */
export const mayBeDamagedPart = (text: string): boolean => says('part-unreadable', text.trim())

/**
 * Bare words may mean a note on disk or the link, and the disk decides: where a note is damaged it is the note
 * (`repairDownload`). Where none is, or nobody can look, `unexpected EOF` is a link that broke in the middle: a note
 * that a dying server left is empty (`EOF`) far more often than half written.
 */
export const isLinkRatherThanPart = (text: string): boolean => text.trim() === 'unexpected EOF'

function meaningOfBareWords(text: string): FailureCode | null {
  if (!mayBeDamagedPart(text)) return null
  return text === 'EOF' || isLinkRatherThanPart(text) ? 'registryUnreachable' : 'registryOdd'
}

const fromThePull = new Set<FailureCode>([
  'ollamaFailed',
  'modelNotFound',
  'modelTooLarge',
  'modelDidNotLoad',
  'runnerEnded',
  'promptTooLong',
])

/** What ended a pull, once the disk has been looked at where its words may be of a damaged part (else null). */
export function failureAfter(repair: Repair | null, failure: Failure): Failure {
  const text = failure.detail ?? ''
  const isPart = repair === 'damaged' || (repair === 'unknown' && !isLinkRatherThanPart(text))
  if (isPart) return new Failure('partsDamaged', text)
  // The words of a pull are never those of a load or an answer, however they sound.
  return fromThePull.has(failure.code) ? failureOfPull(text) : failure
}
