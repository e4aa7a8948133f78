import { Failure } from '../../../shared/failure'
import { isDiskFull } from '../../platform/disk-full'
import { GeneratorDied } from './generator-thread'

/** What ended a run, in a user's terms; `runBroken` is an error of ours. */
export function runFailure(error: unknown): Failure {
  if (error instanceof Failure) return error
  if (error instanceof GeneratorDied) return new Failure('generatorDied', error.message)
  return new Failure(isDiskFull(error) ? 'diskFull' : 'runBroken')
}
