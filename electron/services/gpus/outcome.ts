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
  if (unreachableCards(said).length > 0 && !isRows(result)) return failed('cards-lost')
  if (/^No devices (were )?found/m.test(said)) return failed('no-devices')
  if (result.exitCode === 0) return { kind: 'rows', text: result.stdout }
  return failed('other')
}

/** From driver 580 on the healthy cards are answered for, and the message about the others goes to stderr. */
const isRows = ({ exitCode, stdout }: Pick<RunResult, 'exitCode' | 'stdout'>) =>
  exitCode === 0 && !/^Unable to determine the device handle/m.test(stdout)

export type UnreachableCard = Gpus['unreachable'][number]

/** The cards that messages name as out of reach, by what nvidia-smi prints of them: a bus id, or an index. */
export function unreachableCards(said: string): UnreachableCard[] {
  return [...said.matchAll(/Unable to determine the device handle for gpu ?([0-9a-f:.]*?)(?:: \d+)?: (.+)/gi)].map(
    ([, card, reason]) => ({ card: card ?? '', reason: (reason ?? '').trim().replace(/ {2,}/g, ' ') }),
  )
}
