export const answerStates = ['waiting', 'loading', 'streaming', 'done', 'stopped', 'cut-short', 'failed'] as const
export type AnswerState = (typeof answerStates)[number]

/** Those of an answer that may still grow. */
export const underWayStates = ['waiting', 'loading', 'streaming'] as const satisfies AnswerState[]
export type UnderWay = { state: (typeof underWayStates)[number] }

export const isUnderWay = <Answer extends { state: AnswerState }>(answer: Answer): answer is Answer & UnderWay =>
  (underWayStates as readonly AnswerState[]).includes(answer.state)
