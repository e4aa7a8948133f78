import { Failure } from '../../shared/failure'
import { isDiskFull } from './disk-full'

/** Why Corral cannot start on a data folder, where it is one of the few reasons that a user can mend. */
export type StartFailure = 'locked' | 'diskFull' | 'notWritable'

const refusals = /^(EACCES|EPERM|EROFS|EEXIST|ENOTDIR|SQLITE_CANTOPEN|SQLITE_READONLY)/

/** Null: nothing known, and the error's own words are the best there is. */
export function startFailureOf(error: unknown): StartFailure | null {
  if (error instanceof Failure) return error.code === 'dataFolderLocked' ? 'locked' : null
  if (isDiskFull(error)) return 'diskFull'
  return error instanceof Error && refusals.test(String((error as { code?: unknown }).code)) ? 'notWritable' : null
}
