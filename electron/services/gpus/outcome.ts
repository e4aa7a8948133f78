import type { Gpus } from '../../../shared/contract/gpus'
import type { RunResult } from '../../process/run'

export type Outcome =
  | { kind: 'rows'; text: string }
  | { kind: 'unknown-field'; field: string }
  | { kind: 'failed'; reason: NonNullable<Gpus['reason']>; detail: string }

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
  if (/Driver\/library version mismatch/.test(said)) return failed('driver-mismatch')
  if (/\/dev\/nvidia\* files are readable|Insufficient Permissions/.test(said) && result.exitCode !== 0)
    return failed('no-permission')
  if (/couldn't communicate with the NVIDIA driver|couldn't find libnvidia-ml|Driver Not Loaded/.test(said))
    return failed('no-driver')
  if (/^No devices (were )?found/m.test(said)) return failed('no-devices')
  if (result.exitCode === 0) return { kind: 'rows', text: result.stdout }
  return failed('other')
}

/** The card that a message names as out of reach, by what nvidia-smi prints of it. */
export function unreachableCards(said: string): { card: string; reason: string }[] {
  return [...said.matchAll(/Unable to determine the device handle for (?:GPU|gpu) ?([0-9A-Fa-f:.]*).*?: (.+)/g)].map(
    ([, card, reason]) => ({ card: card ?? '', reason: (reason ?? '').trim() }),
  )
}
