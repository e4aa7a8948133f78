import { oc } from '@orpc/contract'
import { z } from 'zod'
import { type FailureCode, failures } from '../failure'

const FailureData = z.object({ detail: z.string().optional() }).optional()

type FailureTable = { [code in FailureCode]: { status: number; data: typeof FailureData } }

const table = Object.fromEntries(
  Object.entries(failures).map(([code, { status }]) => [code, { status, data: FailureData }]),
) as FailureTable

/** Where every operation begins: it may fail with any code of the closed table, and with nothing else on purpose. */
export const operation = oc.errors(table)

/** What the page is told of an expected failure that it did not ask for, such as a pull that stopped. */
export const FailureReport = z.object({
  code: z.enum(Object.keys(failures) as [FailureCode, ...FailureCode[]]),
  detail: z.string().optional(),
})
export type FailureReport = z.infer<typeof FailureReport>
