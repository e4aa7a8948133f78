import { Failure, type FailureCode } from '../../shared/failure'
import { isDiskFull } from './disk-full'

/** Why Corral cannot start on a data folder, where it is one of the few reasons that a user can mend. */
export type StartFailure = 'locked' | 'newer' | 'diskFull' | 'notWritable'

const failures: Partial<Record<FailureCode, StartFailure>> = { dataFolderLocked: 'locked', dataFolderNewer: 'newer' }
const refusals = /^(EACCES|EPERM|EROFS|EEXIST|ENOTDIR|SQLITE_CANTOPEN|SQLITE_READONLY)/

/** Null: nothing known, and the error's own words are the best there is. */
export function startFailureOf(error: unknown): StartFailure | null {
  if (error instanceof Failure) return failures[error.code] ?? null
  if (isDiskFull(error)) return 'diskFull'
  return error instanceof Error && refusals.test(String((error as { code?: unknown }).code)) ? 'notWritable' : null
}
