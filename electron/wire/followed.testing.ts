import { expect } from 'vitest'
import type { AnswerEvent } from '../../shared/backends/answer-event'
import { type AnswerRequest, answerEvents } from './answer'

/** Follows an answer to its end, and sees to it that there is one end and that it is the last event. */
export async function followed(request: AnswerRequest) {
  const events: AnswerEvent[] = []
  for await (const batch of answerEvents(request)) events.push(...batch)
  const end = events.at(-1)
  expect(events.filter(({ kind }) => kind === 'end')).toEqual([end])
  if (end?.kind !== 'end') throw new Error('the end is not last')
  const text = events.map((event) => (event.kind === 'delta' && event.of === 'text' ? event.text : '')).join('')
  return { text, outcome: end.outcome, failure: end.failure?.code ?? null, finishReason: end.finishReason, events }
}
