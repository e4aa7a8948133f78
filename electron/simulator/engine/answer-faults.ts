import type { Faults } from '../configuration'

type AnswerFaults = Pick<
  Faults,
  'dropAfterTokens' | 'errorAfterTokens' | 'errorText' | 'repeatsToken' | 'runnerDiesAfterTokens' | 'stallsAfterTokens'
>

/** The faults of the next answer: all that are set, or none once they have met as many answers as they should. */
export function takeAnswerFaults(faults: Faults): AnswerFaults {
  if (faults.answersAffected == null) return faults
  if (faults.answersAffected <= 0) return {}
  faults.answersAffected--
  return { ...faults }
}
