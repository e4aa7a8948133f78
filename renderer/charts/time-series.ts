export type TimeSeries = {
  id: string
  name: string
  color: string
  isDashed: boolean
  values: readonly (number | null)[]
}

/** A row under the plot that shows when something held: from 0, not at all, to 1, all the time. */
export type TimeMarks = { id: string; color: string; shares: readonly (number | null)[] }
