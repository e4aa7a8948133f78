import { underWayStates } from '../../../shared/chat/under-way'

/** In SQL: the rows of answers that may still grow. Written out, so that the index over just these rows is used. */
export const isUnderWay = `state IN (${underWayStates.map((state) => `'${state}'`).join(', ')})`
