import type { Gpus } from '../../../shared/contract/gpus'
import type { RunResult } from '../../process/run'

export type Outcome =
  | { kind: 'rows'; text: string }
  | { kind: 'unknown-field'; field: string }
  | { kind: 'failed'; reason: NonNullable<Gpus['reason']>; detail: string }

/** What nvidia-smi says where it cannot say anything of cards (gpu.md 1.5); the first that holds. */
const knownSentences: readonly [RegExp, NonNullable<Gpus['reason']>][] = [
  [/Driver\/library version mismatch/, 'driver-mismatch'],
  [/\/dev\/nvidia\* files are readable|Insufficient Permissions|have suff?i?c?ient permissions/, 'no-permission'],
  [/couldn't communicate with the NVIDIA driver|couldn't find libnvidia-ml|Driver Not Loaded/, 'no-driver'],
  // A container whose devices were taken from it, most often by a `systemctl daemon-reload` outside of it.
  [/Failed to initialize NVML: Unknown Error/, 'devices-taken'],
  // In WSL, where the driver of Windows and the kernel of Linux must fit together.
  [/GPU access blocked by the operating system/, 'blocked-by-system'],
]

/** What a finished nvidia-smi means. Its errors go to stdout, so both streams count (gpu.md 1.5). */
export function outcomeOf(
  result: Pick<RunResult, 'exitCode' | 'signal' | 'stdout' | 'stderr' | 'timedOut' | 'notFound'>,
): Outcome {
  const said = `${result.stdout}\n${result.stderr}`.trim()
  const failed = (reason: NonNullable<Gpus['reason']>): Outcome => ({ kind: 'failed', reason, detail: said })
  if (result.notFound) return failed('no-nvidia-smi')
  if (result.timedOut) return failed('hangs')
  const field = /^Field "([^"]*)" is not a valid field to query\./m.exec(result.stdout)?.[1]
  if (field !== undefined) return { kind: 'unknown-field', field }
  const known = knownSentences.find(([sentence]) => sentence.test(said))?.[1]
  if (known !== undefined && !isRows(result)) return failed(known)
  if (unreachableCards(said).length > 0 && !isRows(result)) return failed('cards-lost')
  if (/^No devices (were )?found/m.test(said)) return failed('no-devices')
  if (result.exitCode === 0) return { kind: 'rows', text: result.stdout }
  return failed('other')
}

/** From driver 580 on the healthy cards are answered for, and the message about the others goes to stderr. */
const isRows = ({ exitCode, stdout }: Pick<RunResult, 'exitCode' | 'stdout'>) =>
  exitCode === 0 && !/^(Unable to determine the device handle|Failed to initialize NVML|NVIDIA-SMI )/m.test(stdout)

export type UnreachableCard = Gpus['unreachable'][number]

/** The cards that messages name as out of reach, by what nvidia-smi prints of them: a bus id, or an index. */
export function unreachableCards(said: string): UnreachableCard[] {
  return [...said.matchAll(/Unable to determine the device handle for gpu ?([0-9a-f:.]*?)(?:: \d+)?: (.+)/gi)].map(
    ([, card, reason]) => ({ card: card ?? '', reason: (reason ?? '').trim().replace(/ {2,}/g, ' ') }),
  )
}
