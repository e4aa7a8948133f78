import { z } from 'zod'

/** A model, wherever it answers: the same name may be at several places. */
export const ModelRef = z.object({ backendId: z.string().min(1).max(100), name: z.string().min(1) })
export type ModelRef = z.infer<typeof ModelRef>
