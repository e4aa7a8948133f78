import { type Interval, medianInterval } from '../../shared/measure/interval'
import { ascending, quantile } from '../../shared/measure/quantile'

type Budget = { atMost: number } | null

/** Figures of one subject: collected as they come, printed as one table with median, spread and share of the budget. */
export class Figures {
  readonly #rows: string[][] = [['what', 'median', 'from', 'to', 'n', 'budget', 'of budget']]

  constructor(private readonly title: string) {}

  /** The median of a few values, between the least and the greatest of them. */
  add(what: string, values: readonly number[], unit: string, budget: Budget = null): void {
    const sorted = ascending(values)
    const [low, high] = [sorted[0], sorted.at(-1)]
    const range = low === undefined || high === undefined ? null : { low, high }
    this.#add(what, values, unit, budget, range)
  }

  /** The median of many values with its 95 % interval; of fewer than eight with their range. */
  addMedian(what: string, values: readonly number[], unit: string, budget: Budget = null): void {
    const interval = medianInterval(values)
    if (interval) this.#add(what, values, unit, budget, interval)
    else this.add(what, values, unit, budget)
  }

  #add(what: string, values: readonly number[], unit: string, budget: Budget, range: Interval | null) {
    const median = quantile(ascending(values), 0.5)
    const text = (value: number | null | undefined) =>
      value == null ? '–' : `${Number(value.toPrecision(3))} ${unit}`.trim()
    this.#rows.push([
      what,
      text(median),
      text(range?.low),
      text(range?.high),
      String(values.length),
      budget ? text(budget.atMost) : '–',
      budget && median !== null ? `${((median / budget.atMost) * 100).toFixed(0)} %` : '–',
    ])
  }

  print(notes: readonly string[] = []): void {
    const widths = (this.#rows[0] ?? []).map((_, column) =>
      Math.max(...this.#rows.map((row) => row[column]?.length ?? 0)),
    )
    const lines = this.#rows.map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
        .join('  '),
    )
    console.log(['', this.title, ...lines, ...notes.map((note) => `  ${note}`), ''].join('\n'))
  }
}
