import { z } from 'zod'
import { AnswerFigures, ChatParameters } from '../../../shared/contract/chats'
import { FailureReport } from '../../../shared/contract/operation'
import { SavedForm } from '../../platform/saved-form'

/** What was asked of the server for one answer, kept so that it can be asked for again. */
const AnswerRequest = z.object({ parameters: ChatParameters, seed: z.number() })
export type AnswerRequest = z.infer<typeof AnswerRequest>

/** A context was always a number once; since version 2 it may be the server's. */
const withContext = (earlier: Record<string, unknown>) => earlier

/** What the tables of chats hold as JSON. */
export const savedParameters = new SavedForm('parameters of a chat', ChatParameters, [withContext])
export const savedRequest = new SavedForm('request of an answer', AnswerRequest, [withContext])
export const savedFigures = new SavedForm('figures of an answer', AnswerFigures)
export const savedFailure = new SavedForm('failure of an answer', FailureReport)
